#ifndef ARENA_FIXTURE_H
#define ARENA_FIXTURE_H

/* An arena a of ARENA_B at most for each test: set_up and tear_down. ARENA_B is
 * defined before this is included. */

#include "unit.h"

static struct arena *a;

static int set_up(void **state)
{
        (void)state;
        a = arena_new(ARENA_B);
        return 0;
}

static int tear_down(void **state)
{
        (void)state;
        arena_free(a);
        return 0;
}

#endif
