#!/usr/bin/env python3
"""Learn the weights of src/wire/extract_weights.def from marked pages (stdlib only).

usage: extract_learn.py --stage 1|2 --truth truth.json --pages FOLDER [--half a|b] [--blocks build/bench/extract-blocks]

Each block of each page that holds one of the page's marked strings is a case: the article's (`with`) or not (`without`).
Blocks that nobody marked but that are plain to see count a little: a block of links or in a nav is furniture, a long
paragraph without links in an unsuspicious place is text. The weights are those of a logistic regression, one a mark, pulled
to what plain sense says (PRIOR). Stage 1 judges a block by itself; stage 2 knows, from stage 1's judgments, the article's place and the neighbours:
run stage 1, build, run stage 2, build. --half learns from the pages whose id's second digit is even (a) or odd (b), so
that the other half tells what is over-fitted.
"""
import argparse, json, math, os, re, subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
DEF = os.path.join(HERE, "..", "src", "wire", "extract_weights.def")
ROW = re.compile(r"MARK\((\w+), ([-\d.]+), ([-\d.]+)\)")
PLACE = ("body_", "prev_", "next_", "out_")  # marks that only stage 2 has


# What we would say without having seen a page: weights are pulled to these, all others to nothing.
PRIOR = {
    "name_COMMENT": -1.5, "name_RELATED": -1, "name_TEASER": -0.7, "name_SHARE": -1, "name_NAV": -1, "name_FOOT": -1, "name_SIDE": -0.7,
    "name_AD": -1, "name_PROMO": -1.2, "name_META": -0.7, "name_AUTHOR": -1.2, "name_CONSENT": -1.5, "name_FORM": -0.5, "name_CAPTION": -0.5,
    "name_NOTICE": -0.5, "name_BODY": 0.7, "name_GALLERY": -0.5, "in_nav": -1.5, "in_footer": -1.5, "in_aside": -1, "in_form": -0.7,
    "in_article": 0.3, "in_caption": -1, "in_hidden": -0.7, "link_all": -1.2, "link_most": -1, "link_half": -0.5, "link_here": -1, "entry_link": -1,
    "says_share": -1.5, "says_related": -2, "says_promo": -1.5, "says_credit": -1.5, "says_comment": -1.5, "says_meta": -1.2, "says_consent": -3, "says_wall": -2.5,
    "says_author": -0.7, "says_legal": -1, "says_source": -0.7, "text_ends": 1, "text_comma": 0.3, "text_date": -1, "text_digits": -0.5,
    "len_15": -0.7, "len_40": -0.3, "len_400": 0.5, "len_more": 1, "heads_long": 0.7, "run_in": 0.3, "run_plain": 1.5, "near_lead": 0.7, "near_odd": -0.3,
    "body_in": 1, "out_far": -1, "out_odd": -1, "prev_good": 0.5, "next_good": 0.5, "body_last": -0.3,
}


def fold(s):
    return re.sub(r"\s+", " ", s).strip()


def cases_of(blocks, item, names, unmarked, outside, stage):
    """(marks, label, weight) of a page's blocks."""
    index = {n: i for i, n in enumerate(names)}
    furniture = {index[n] for n in ("in_nav", "in_footer", "link_all", "in_drop")}
    odd = {i for n, i in index.items() if re.match(r"name_(COMMENT|RELATED|TEASER|SHARE|NAV|FOOT|SIDE|AD|PROMO|CONSENT|AUTHOR|SHOP)", n)}
    out = []
    for b in blocks:
        text, marks = fold(b["text"]), set(b["marks"])
        label = weight = None
        for kind, value in (("with", 1), ("without", 0)):
            for w in item[kind]:
                w = fold(w)
                if w in text or (len(text) >= 12 and text in w):
                    label, weight = value, 1.0
        if label is None and marks & furniture:
            label, weight = 0, unmarked / 3
        elif label is None and stage == 2 and index["out_far"] in marks:
            label, weight = 0, outside
        elif label is None and not marks & odd and index["tag_p"] in marks and marks & {index["len_160"], index["len_400"], index["len_more"]} \
                and not marks & {index["link_half"], index["link_most"]} and index["text_ends"] in marks:
            label, weight = 1, unmarked
        if label is not None:
            out.append((sorted(marks), label, weight))
    return out


def learn(cases, n, fixed, l2, prior, rounds=150):
    """Batch gradient ascent with a step of its own for each weight (Rprop). Cases alike are taken together."""
    alike = {}
    for marks, label, weight in cases:
        key = tuple(marks), label
        alike[key] = alike.get(key, 0.0) + weight
    cases = [(marks, label, weight) for (marks, label), weight in alike.items()]
    w = list(prior)
    step = [0.1] * n
    before = [0.0] * n
    for _ in range(rounds):
        grad = [l2 * (p - x) for p, x in zip(prior, w)]
        for marks, label, weight in cases:
            z = sum(w[m] for m in marks)
            d = weight * (label - 1 / (1 + math.exp(-max(-30, min(30, z)))))
            for m in marks:
                grad[m] += d
        for i in range(n):
            if i in fixed:
                continue
            if grad[i] * before[i] > 0:
                step[i] = min(step[i] * 1.2, 0.5)
            elif grad[i] * before[i] < 0:
                step[i] *= 0.5
            before[i] = grad[i]
            w[i] += step[i] if grad[i] > 0 else -step[i] if grad[i] < 0 else 0
    return w


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--stage", type=int, required=True, choices=(1, 2))
    a.add_argument("--truth", required=True)
    a.add_argument("--pages", required=True)
    a.add_argument("--half", default="ab")
    a.add_argument("--blocks", default=os.path.join(HERE, "..", "build", "bench", "extract-blocks"))
    a.add_argument("--l2", type=float, default=3.0)
    a.add_argument("--unmarked", type=float, default=0.03)
    a.add_argument("--outside", type=float, default=0.003)
    o = a.parse_args()
    truth = json.load(open(o.truth, encoding="utf8"))
    keys = [k for k in sorted(truth) if ("a" if int(k[1], 16) % 2 == 0 else "b") in o.half]
    feed = "".join(json.dumps({"id": k, "url": truth[k]["url"], "file": os.path.join(o.pages, k + ".html")}) + "\n" for k in keys)
    out = subprocess.run([o.blocks], input=feed.encode(), stdout=subprocess.PIPE, check=True).stdout
    rows = ROW.findall(open(DEF).read())
    names = [r[0] for r in rows]
    cases = []
    for line in out.splitlines():
        page = json.loads(line)
        cases += cases_of(page["blocks"], truth[page["id"]], names, o.unmarked, o.outside, o.stage)
    if o.stage == 1:
        cases = [([m for m in marks if not names[m].startswith(PLACE)], label, weight) for marks, label, weight in cases]
    fixed = {i for i, n in enumerate(names) if o.stage == 1 and n.startswith(PLACE)}
    w = learn(cases, len(names), fixed, o.l2, [0.0 if i in fixed else PRIOR.get(n, 0.0) for i, n in enumerate(names)])
    good = sum((sum(w[m] for m in marks) > 0) == bool(label) for marks, label, weight in cases if weight == 1)
    sure = sum(weight == 1 for _, _, weight in cases)
    print("stage %d: %d marked cases, %d others; %.2f %% of the marked ones right" % (o.stage, sure, len(cases) - sure, 100 * good / max(1, sure)))
    with open(DEF, "w") as f:
        f.write("/*\n * Marks of a block: MARK(name, weight by itself, weight when its place is known), in log-odds.\n"
                " * Learnt by bench/extract_learn.py; survey.c and extract_body.c set them.\n */\n")
        for i, (name, first, second) in enumerate(rows):
            v = ["%.2f" % float(first), "%.2f" % float(second)]
            v[o.stage - 1] = "%.2f" % w[i]
            f.write("MARK(%s, %s, %s)\n" % (name, *[x.replace("-0.00", "0.00") for x in v]))


if __name__ == "__main__":
    main()
