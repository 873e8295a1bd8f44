/*
 * The colours of a chart. Words have a contrast of 4.5 or more on the paper,
 * fills of 3. The six differ in lightness as well as in hue, so that they stay
 * apart for readers who see no red, no green or no colour at all.
 */

#include "press/scene.h"

static const struct {
        unsigned day, night;
} colours[INKS] = {
        [INK_TEXT] = { 0x1c1a16, 0xe9e4d9 },
        [INK_SOFT] = { 0x5f594d, 0xaaa191 },
        [INK_HAIR] = { 0xe6dfd2, 0x2f2c26 },
        [INK_RULE] = { 0xb9b0a0, 0x5a544a },
        [INK_PAPER] = { 0xfbf9f4, 0x161513 },
        [INK_ON] = { 0x1c1a16, 0x161513 },
        [INK_MUTED] = { 0xbdb4a4, 0x5c564c },
        [INK_SERIES + 0] = { 0x8c1d18, 0xe8907f },
        [INK_SERIES + 1] = { 0x3a8ac0, 0x6fb3e0 },
        [INK_SERIES + 2] = { 0xb58618, 0xe0b654 },
        [INK_SERIES + 3] = { 0x5b4a8a, 0xa594d8 },
        [INK_SERIES + 4] = { 0x4a938a, 0x7cc4b8 },
        [INK_SERIES + 5] = { 0x8a8375, 0x9a9284 },
        [INK_WORDS + 0] = { 0x8c1d18, 0xe8907f },
        [INK_WORDS + 1] = { 0x1f689b, 0x6fb3e0 },
        [INK_WORDS + 2] = { 0x7d5a00, 0xe0b654 },
        [INK_WORDS + 3] = { 0x5b4a8a, 0xa594d8 },
        [INK_WORDS + 4] = { 0x28695f, 0x7cc4b8 },
        [INK_WORDS + 5] = { 0x5f594d, 0x9a9284 },
};

unsigned ink_colour(enum ink ink, bool dark)
{
        return dark ? colours[ink].night : colours[ink].day;
}
