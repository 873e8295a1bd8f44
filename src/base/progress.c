#include "base/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/time.h"

#define BAR_WIDTH 24
#define DRAW_EVERY_MS 100

void progress_start(struct progress *p, const char *label, size_t total)
{
        *p = (struct progress) { .label = label, .total = total };
        p->start_ms = time_mono_ms();
        p->is_terminal = isatty(STDERR_FILENO) && !getenv("NO_PROGRESS");
}

static void draw(const struct progress *p, long long now_ms)
{
        double part = p->total ? (double)p->done / (double)p->total : 0;
        long long left_s =
                part > 0.02 ? (long long)((double)(now_ms - p->start_ms) *
                                          (1 - part) / part / 1000)
                            : -1;

        fprintf(stderr, "\r%s [", p->label);
        for (int i = 0; i < BAR_WIDTH; i++)
                fputc(i < (int)(part * BAR_WIDTH) ? '#' : '.', stderr);
        fprintf(stderr, "] %zu/%zu  %.1f MB", p->done, p->total,
                (double)p->bytes / 1e6);
        if (p->errors)
                fprintf(stderr, "  %zu failed", p->errors);
        if (left_s >= 0)
                fprintf(stderr, "  %lld s left", left_s);
        fprintf(stderr, "\033[K");
        fflush(stderr);
}

void progress_update(struct progress *p, size_t done, size_t bytes,
                     size_t errors)
{
        long long now_ms = time_mono_ms();

        p->done = done;
        p->bytes = bytes;
        p->errors = errors;
        if (!p->is_terminal || now_ms - p->drawn_ms < DRAW_EVERY_MS)
                return;
        p->drawn_ms = now_ms;
        draw(p, now_ms);
}

void progress_end(struct progress *p)
{
        if (p->is_terminal)
                fprintf(stderr, "\r\033[K");
}
