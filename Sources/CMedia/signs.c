// A sign or two that are others, in words that stay: a score, the number of a page.

#include "cfilm.h"

// Of a cell's age, which is counted in looks.
#define CC_AGE 127
#define CC_HAD_RESTED 128
// What changed less long ago runs, as the seconds of a clock do: 12 seconds of five looks each.
#define CC_RESTED 60
// More than this are other words, or another picture.
#define CC_MOST_CELLS 8
// So many cells to either side belong to the same words.
#define CC_REACH 8

typedef struct {
    size_t first, second, both, either;
} counts;

static counts compare(const uint64_t *a, const uint64_t *b) {
    counts found = {0};
    for (size_t line = 0; line < CC_STROKE_LINES; line++) {
        found.first += (size_t)__builtin_popcountll(a[line]);
        found.second += (size_t)__builtin_popcountll(b[line]);
        found.both += (size_t)__builtin_popcountll(a[line] & b[line]);
        found.either += (size_t)__builtin_popcountll(a[line] | b[line]);
    }
    return found;
}

// Of their marks two digits of one print share 0.15 to 0.55, and 1 and 7 in small print 0.7; a keyframe
// leaves 0.6 and more of those of a ground with much in it, and of nearly all cells 0.8.
static int is_other(counts found) {
    return 20 * found.both < 13 * found.either;
}

static int is_same(counts found) {
    return 5 * found.both >= 4 * found.either;
}

static void grow_old(uint8_t *age, counts since_before, size_t least_marks) {
    const uint8_t looks = *age & CC_AGE, had_rested = *age & CC_HAD_RESTED;
    if (since_before.either >= least_marks && is_other(since_before))
        *age = looks >= CC_RESTED ? CC_HAD_RESTED : 0;
    else
        *age = (uint8_t)(looks < CC_AGE ? looks + 1 : looks) | had_rested;
}

size_t cc_strokes_signs(
    const uint64_t *now, const uint64_t *before, const uint64_t *known, size_t least_marks,
    uint8_t *ages) {
    size_t cells = 0, among_words = 0;
    for (size_t row = 0; row < CC_GRID_HEIGHT; row++) {
        uint8_t are_words[CC_GRID_WIDTH], are_signs[CC_GRID_WIDTH];
        for (size_t column = 0; column < CC_GRID_WIDTH; column++) {
            const size_t cell = row * CC_GRID_WIDTH + column, i = cell * CC_STROKE_LINES;
            grow_old(&ages[cell], compare(now + i, before + i), least_marks);
            const counts since_known = compare(now + i, known + i);
            const int is_text =
                since_known.first >= least_marks && since_known.second >= least_marks;
            const uint8_t looks = ages[cell] & CC_AGE;
            const int is_calm = looks >= 2 && (ages[cell] & CC_HAD_RESTED || looks >= CC_RESTED);
            are_words[column] = is_text && is_same(since_known);
            are_signs[column] = is_text && is_calm && is_other(since_known);
        }
        for (size_t column = 0; column < CC_GRID_WIDTH; column++) {
            if (!are_signs[column]) continue;
            cells++;
            const size_t first = column > CC_REACH ? column - CC_REACH : 0;
            const size_t last = column + CC_REACH;
            for (size_t i = first; i <= last && i < CC_GRID_WIDTH; i++)
                if (are_words[i]) {
                    among_words++;
                    break;
                }
        }
    }
    return cells > CC_MOST_CELLS ? 0 : among_words;
}
