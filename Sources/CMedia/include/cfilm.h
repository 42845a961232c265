// The pictures of a film: FFmpeg through dlopen, as for sound, and libswscale with it.
//
// As in cmedia.h no other file and no address is ever opened. ctrack.h writes what is described.

#pragma once

#include "cmedia.h"

// More, and a header is wrong or a trap: 8K film has 35 million.
#define CC_MOST_FILM_PIXELS 40000000
// Cells of the small picture that frames are compared by.
#define CC_GRID_WIDTH 64
#define CC_GRID_HEIGHT 36
#define CC_GRID_CELLS (CC_GRID_WIDTH * CC_GRID_HEIGHT)

/// Debian's packages for films, "libavformat59 libswscale6"; static.
const char *_Nonnull cc_film_packages(void);

/// As cc_media_load, and what scales pictures too.
cc_library_state cc_film_load(const char *_Nullable *_Nonnull name);

// Everything below needs a cc_film_load that returned CC_LIBRARY_READY.

typedef struct {
    int threads;                // that decode, 1 or more
    int keyframes_only;         // nothing else is decoded
    double pictures_per_second; // of a stream of pictures, which has no times of its own
} cc_film_options;

/// What the headers tell.
typedef struct {
    double duration_seconds;  // negative where unknown
} cc_film_facts;

typedef struct cc_film cc_film;

/// A frame that lies in the decoder until the next call.
typedef struct {
    double seconds;           // from the start of the film
    double duration_seconds;  // 0 where nothing tells
} cc_film_frame;

// Room for the streams of what was opened, in words: "sound (aac), subtitles (subrip)".
#define CC_STREAMS_ROOM 400

/// Opens the default picture track of a film.
/// @param bytes copied; what it points to must live until cc_film_close.
/// @param film set where CC_MEDIA_OPENED is returned.
/// @param streams CC_STREAMS_ROOM bytes: what there is besides pictures where CC_MEDIA_NO_PICTURES
///     is returned, and the name of the encoding where it is CC_MEDIA_NO_DECODER; ends in a 0.
cc_media_status cc_film_open(
    const cc_media_bytes *_Nonnull bytes, cc_film_options options,
    cc_film *_Nullable *_Nonnull film, char *_Nonnull streams);

cc_film_facts cc_film_describe(const cc_film *_Nonnull film);

/// Decodes on; damaged frames are counted and left out. @return 1 with a frame, 0 at the end.
int cc_film_next(cc_film *_Nonnull film, cc_film_frame *_Nonnull frame);

/// Goes to a place or somewhat before it. @return 1, or 0 where that is not possible.
int cc_film_seek(cc_film *_Nonnull film, double seconds);

/// Looks from afar at the frame of the last cc_film_next.
/// @param luma means of cells, CC_GRID_CELLS bytes.
/// @param chroma Cb of 4 by 4 cells and then Cr, CC_GRID_CELLS / 8 bytes.
/// @param sharpness mean square of the difference between neighbours in a row.
/// @return 1, or 0 where memory is missing.
int cc_film_look(
    cc_film *_Nonnull film, uint8_t *_Nonnull luma, uint8_t *_Nonnull chroma,
    float *_Nonnull sharpness);

// Lines of a cell in which strokes are looked for.
#define CC_STROKE_LINES 4
#define CC_STROKE_WORDS (CC_GRID_CELLS * CC_STROKE_LINES)

/// Marks where light steps sharply along a line, as it does at the strokes of letters.
/// @param of_kept 1 for the frame that is kept, 0 for that of the last cc_film_next.
/// @param strokes CC_STROKE_WORDS: for each cell of the grid four lines, a bit for each place.
/// @return places in a line of a cell, 1 to 64; 0 where memory is missing.
size_t cc_film_strokes(cc_film *_Nonnull film, int of_kept, uint64_t *_Nonnull strokes);

/// The same of a picture. @param rgb 3 * width * height bytes.
size_t cc_picture_strokes(
    const uint8_t *_Nonnull rgb, size_t width, size_t height, uint64_t *_Nonnull strokes);

/// How strokes differ from those that are known.
typedef struct {
    size_t cells;  // three or more side by side, with strokes that stand still and are new
    size_t rows;   // that these are in
    size_t known;  // cells that had strokes
    size_t gone;   // of these, those whose strokes are gone
} cc_stroke_change;

/// @param now, before, earlier three looks one after the other, CC_STROKE_WORDS each.
/// @param known of the look to which something new is sought.
/// @param least_marks of a cell with letters in it.
cc_stroke_change cc_strokes_compare(
    const uint64_t *_Nonnull now, const uint64_t *_Nonnull before,
    const uint64_t *_Nonnull earlier, const uint64_t *_Nonnull known, size_t least_marks);

/// How far what moved between two looks moved up.
typedef struct {
    size_t lines;  // of CC_STROKE_LINES a cell; 0 where nothing did
    float share;   // of the marks that moved, 0 to 1
} cc_stroke_shift;

// In lines; text that moves further between two looks cannot be read by people either.
#define CC_MOST_SHIFT 40

/// @param now, before two looks, CC_STROKE_WORDS each.
cc_stroke_shift cc_strokes_shift(
    const uint64_t *_Nonnull now, const uint64_t *_Nonnull before);

/// Looks for single signs that are others, in words that are the same.
/// @param now, before two looks one after the other, CC_STROKE_WORDS each.
/// @param known of the look to which something new is sought.
/// @param least_marks of a cell with letters in it.
/// @param ages CC_GRID_CELLS, kept from look to look and all 255 at first: looks since each cell
///     changed, and whether it had rested before.
/// @return cells of such signs; 0 where there are so many that it is something else.
size_t cc_strokes_signs(
    const uint64_t *_Nonnull now, const uint64_t *_Nonnull before,
    const uint64_t *_Nonnull known, size_t least_marks, uint8_t *_Nonnull ages);

/// Keeps the frame of the last cc_film_next in place of the one kept before.
/// @return 1, or 0 where memory is missing.
int cc_film_keep(cc_film *_Nonnull film);

typedef struct {
    size_t width, height;
} cc_film_size;

/// The size of the kept frame as it is shown: upright, with square pixels, and no side longer than
/// `longest`; 0 by 0 where none is kept.
cc_film_size cc_film_kept_size(const cc_film *_Nonnull film, size_t longest);

/// The kept frame in sRGB.
/// @param rgb 3 * size.width * size.height bytes.
/// @return 1, or 0 where it cannot be converted.
int cc_film_picture(cc_film *_Nonnull film, cc_film_size size, uint8_t *_Nonnull rgb);

/// Frames and packets after the first good frame that could not be decoded well.
size_t cc_film_failures(const cc_film *_Nonnull film);
/// Whether the container broke off, other than at its end.
int cc_film_broke_off(const cc_film *_Nonnull film);

void cc_film_close(cc_film *_Nullable film);
