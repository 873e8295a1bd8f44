#!/usr/bin/env python3
"""Does a setting of story finding hold beyond the sets it was found on? The kit's labelled sets, each as it is and cut into folds.

usage: story_folds.py KIT NAME=BULLDOG...

Beside the sets of KIT stand their articles with the texts left out (NAME/titles: a press that gets headlines only) and, where KIT/../wire
is, the Wikinews stories of its week that no set of KIT has (wire_wikinews). A fold is two thirds of the stories (of the judged pairs: of
them), drawn five times from fixed seeds; no fold is fitted. Printed: F1 of BCubed (of pair sets: of the pairs) of the whole set and, in
brackets, mean and standard deviation over its folds. With several settings also: for each set, the setting that is best by the mean of
all other sets, and what it gives that set.
"""
import os, random, statistics, sys

FOLDS, SHARE = 5, 2 / 3
SETS = "ecb_train", "wikinews_medium", "uci_sample"


def wire_set(S, kit):
    folder = os.path.join(kit, "..", "wire")
    if not os.path.exists(os.path.join(folder, "gold.tsv")):
        return []
    with open(os.path.join(folder, "gold.tsv"), encoding="utf8") as f:
        gold = {a: (label, name) for a, label, name in (line.rstrip("\n").split("\t") for line in f)}
    docs = [dict(d, url="http://%s/%s" % (d["host"], d["id"]), label=gold[d["id"]][0])
            for d in S.load(os.path.join(folder, "articles.jsonl")) if gold[d["id"]][1] in ("wikinews", "wikinews_big")]
    return [("wire_wikinews", None, docs)] if docs else []


def all_sets(S, X, kit):
    """(name, judged pairs or None, documents)"""
    sets = [(n, None, S.load(n)) for n in SETS]
    sets += [("tg_" + lang, pairs, docs) for lang, (pairs, docs) in X.pair_streams(S.load("tg_pairs")).items()]
    sets += wire_set(S, kit)
    return sets + [(n + "/titles", p, [dict(d, text="") for d in docs]) for n, p, docs in sets if any(d["text"] for d in docs)]


def score(S, X, bulldog, pairs, docs):
    out, _, faults = S.run_jsonl([bulldog, "cluster"], S.arrival(docs))
    if faults:
        sys.exit("story_folds.py: %s: %s" % (bulldog, ", ".join(faults)))
    story = {r["id"]: str(r["story"]) for r in out}
    if pairs:
        return X.score_pairs(pairs, story)["F1"]
    return S.score({d["id"]: d["label"] for d in docs}, story)["bF1"]


def fold(pairs, docs, seed):
    pick = random.Random(seed)
    if pairs:
        return pick.sample(pairs, int(len(pairs) * SHARE)), docs
    labels = sorted({d["label"] for d in docs})
    kept = set(pick.sample(labels, int(len(labels) * SHARE)))
    return None, [d for d in docs if d["label"] in kept]


def measure(S, X, bulldog, sets):
    """{set: (whole, mean, standard deviation)}"""
    r = {}
    for name, pairs, docs in sets:
        folds = [score(S, X, bulldog, *fold(pairs, docs, seed)) for seed in range(FOLDS)]
        r[name] = score(S, X, bulldog, pairs, docs), statistics.mean(folds), statistics.stdev(folds)
    return r


def show(name, r):
    print("== %s" % name)
    for s, (whole, mean, sd) in r.items():
        print("%-24s %.3f (%.3f ± %.3f)" % (s, whole, mean, sd))
    print("%-24s %.4f (%.4f)" % ("mean", *[statistics.mean(x[i] for x in r.values()) for i in (0, 1)]), flush=True)


def leave_out(results):
    print("== each set with the setting that the others choose, by the means of their folds")
    for s in next(iter(results.values())):
        best = max(results, key=lambda n: statistics.mean(x[1] for k, x in results[n].items() if k.split("/")[0] != s.split("/")[0]))
        print("%-24s %.3f (%.3f) by %s" % (s, *results[best][s][:2], best))


def main():
    if len(sys.argv) < 3 or "=" not in sys.argv[2]:
        sys.exit(__doc__)
    kit = os.path.realpath(sys.argv[1])
    sys.path.insert(0, kit)
    sys.dont_write_bytecode = True
    import score_story as X
    import storylib as S
    sets, results = all_sets(S, X, kit), {}
    for arg in sys.argv[2:]:
        name, _, bulldog = arg.rpartition("=")
        results[name] = measure(S, X, bulldog, sets)
        show(name, results[name])
    if len(results) > 1:
        leave_out(results)


if __name__ == "__main__":
    main()
