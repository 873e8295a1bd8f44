#include "edition/verify.h"

static bool is_same_chart(const struct chart *a, const struct chart *b)
{
        return str_eq(a->title, b->title) && str_eq(a->subtitle, b->subtitle) &&
               str_eq(a->source, b->source) &&
               str_eq(a->source_url, b->source_url) &&
               str_eq(str_trim(a->rows), str_trim(b->rows));
}

/*
 * What a chart says is its owner's word, as it comes from a file of the press;
 * unless it is drawn from a series. Then the values say all of it, or an editor
 * has written another title, or the title stands over other values.
 */
enum proof verify_chart(const struct verify_input *in, const struct chart *c)
{
        const struct chart *said;

        if (!c->finding.n || !in->find_chart)
                return PROOF_EDITOR;
        said = in->find_chart(in->user, c);
        if (!said)
                return PROOF_NONE;
        if (is_same_chart(c, said))
                return PROOF_SOURCE;
        return str_eq(c->title, said->title) ? PROOF_CHANGED : PROOF_EDITOR;
}
