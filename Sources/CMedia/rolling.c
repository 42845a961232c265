// Text that scrolls up the screen, as names do at the end of a film.

#include "cfilm.h"

#define CC_LINES (CC_GRID_HEIGHT * CC_STROKE_LINES)
// Fewer marks that moved are noise.
#define CC_FEWEST_MOVED 100

// The marks that a look has and another has not.
typedef struct {
    uint64_t marks[CC_LINES][CC_GRID_WIDTH];
    size_t in_line[CC_LINES];
} moved;

// What stands still, as a picture behind the text may, tells nothing.
static void find_moved(const uint64_t *strokes, const uint64_t *other, moved *found) {
    for (size_t line = 0; line < CC_LINES; line++) {
        const size_t row = line / CC_STROKE_LINES, rest = line % CC_STROKE_LINES;
        found->in_line[line] = 0;
        for (size_t column = 0; column < CC_GRID_WIDTH; column++) {
            const size_t i = (row * CC_GRID_WIDTH + column) * CC_STROKE_LINES + rest;
            const uint64_t alone = strokes[i] & ~other[i];
            found->marks[line][column] = alone;
            if (alone != 0) found->in_line[line] += (size_t)__builtin_popcountll(alone);
        }
    }
}

static size_t common(const uint64_t *a, const uint64_t *b) {
    size_t count = 0;
    for (size_t column = 0; column < CC_GRID_WIDTH; column++) {
        const uint64_t both = a[column] & b[column];
        if (both != 0) count += (size_t)__builtin_popcountll(both);
    }
    return count;
}

// The share of the marks that came which went as many lines below; 0 where it is not above `least`.
static float share(const moved *came, const moved *went, size_t lines, float least) {
    size_t here = 0, there = 0, most = 0, same = 0;
    for (size_t line = 0; line + lines < CC_LINES; line++) {
        const size_t a = came->in_line[line], b = went->in_line[line + lines];
        here += a;
        there += b;
        most += a < b ? a : b;
    }
    const size_t all = here < there ? here : there;
    if (all < CC_FEWEST_MOVED || (float)most <= least * (float)all) return 0;
    for (size_t line = 0; line + lines < CC_LINES; line++)
        if (came->in_line[line] > 0 && went->in_line[line + lines] > 0)
            same += common(came->marks[line], went->marks[line + lines]);
    return (float)same / (float)all;
}

cc_stroke_shift cc_strokes_shift(const uint64_t *now, const uint64_t *before) {
    moved came, went;
    find_moved(now, before, &came);
    find_moved(before, now, &went);
    cc_stroke_shift best = {0};
    for (size_t lines = 1; lines <= CC_MOST_SHIFT; lines++) {
        const float found = share(&came, &went, lines, best.share);
        if (found > best.share) best = (cc_stroke_shift){lines, found};
    }
    return best;
}
