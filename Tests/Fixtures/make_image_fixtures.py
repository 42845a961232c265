"""Makes Tests/Fixtures/images: small pictures in every encoding, and the pixels each must give.

    pip install pillow==13.0.0 numpy
    python Tests/Fixtures/make_image_fixtures.py
    python Tests/Fixtures/make_image_fixtures.py --shared FOLDER   # also truth-shared.tsv

PNG files are written here byte by byte, so that their truth is the pixels they were made from; where
Pillow keeps full precision it must agree. JPEG and WebP files are written and read back by Pillow.
"""

import argparse
import io
import pathlib
import struct
import zlib

import numpy as np
from PIL import Image, ImageOps

FOLDER = pathlib.Path(__file__).parent / "images"
ROWS = []


def keep(name, data, truth, tolerance=0, transparent=False, **facts):
    """truth: upright RGB as an array [height, width, 3] of 0 to 255."""
    (FOLDER / name).write_bytes(data)
    truth = np.asarray(truth)
    height, width, _ = truth.shape
    ROWS.append([name, width, height, tolerance, int(transparent), truth.astype(np.uint8).tobytes().hex()])


def over_white(rgba):
    colour, alpha = rgba[..., :3].astype(float), rgba[..., 3:].astype(float)
    return np.floor(colour * alpha / 255 + 255 - alpha + 0.5)


def scene(width, height, channels=3, top=255):
    """Two gradients and a corner mark, so that no two orientations look alike."""
    y, x = np.mgrid[0:height, 0:width].astype(float)
    planes = [x / (width - 1), y / (height - 1), 1 - x / (width - 1) * y / (height - 1), (x + y) / (width + height - 2)]
    picture = np.stack(planes[:channels], -1)
    picture[: height // 3, : width // 3] = 0.9 if channels > 1 else 0.1
    return np.floor(picture * top + 0.5).astype(int)


# PNG ------------------------------------------------------------------------------------------


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def packed_rows(samples, depth):
    """samples: [height, width, channels]; every row with filter 0."""
    rows = []
    for row in samples.reshape(samples.shape[0], -1):
        if depth == 16:
            packed = row.astype(">u2").tobytes()
        elif depth == 8:
            packed = row.astype(np.uint8).tobytes()
        else:
            bits = ((row[:, None] >> np.arange(depth - 1, -1, -1)) & 1).reshape(-1)
            packed = np.packbits(bits.astype(np.uint8)).tobytes()
        rows.append(b"\0" + packed)
    return b"".join(rows)


ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def png(samples, depth, colour_type, interlaced=False, extra=b"", late=b""):
    height, width = samples.shape[:2]
    if interlaced:
        passes = [samples[top::down, left::right] for left, top, right, down in ADAM7]
        raw = b"".join(packed_rows(p, depth) for p in passes if p.size)
    else:
        raw = packed_rows(samples, depth)
    header = struct.pack(">IIBBBBB", width, height, depth, colour_type, 0, 0, int(interlaced))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra
        + chunk(b"IDAT", zlib.compress(raw, 9)) + late + chunk(b"IEND", b"")
    )


def reduced(samples, depth):
    return np.floor(samples * 255 / (2**depth - 1) + 0.5)


def agree_with_pillow(data, truth):
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    assert np.array_equal(np.asarray(picture), truth), "Pillow reads it differently"


def make_png():
    for interlaced in (False, True):
        end = "-interlaced.png" if interlaced else ".png"
        for depth in (1, 2, 4, 8, 16):
            samples = scene(13, 9, 1, 2**depth - 1)
            truth = np.repeat(reduced(samples, depth), 3, -1)
            data = png(samples, depth, 0, interlaced)
            if depth <= 8:
                agree_with_pillow(data, truth)
            keep(f"gray-{depth}{end}", data, truth)
        for depth in (8, 16):
            top = 2**depth - 1
            samples = scene(13, 9, 3, top)
            data = png(samples, depth, 2, interlaced)
            if depth == 8:
                agree_with_pillow(data, samples)
            keep(f"rgb-{depth}{end}", data, reduced(samples, depth))
            rgba = scene(13, 9, 4, top)
            data = png(rgba, depth, 6, interlaced)
            keep(f"rgb-alpha-{depth}{end}", data, over_white(reduced(rgba, depth)), 0, True)
            gray_alpha = rgba[..., [0, 3]]
            truth = over_white(reduced(rgba[..., [0, 0, 0, 3]], depth))
            keep(f"gray-alpha-{depth}{end}", png(gray_alpha, depth, 4, interlaced), truth, 0, True)
        for depth in (1, 2, 4, 8):
            colours = np.random.default_rng(depth).integers(0, 256, (2**depth, 3))
            samples = scene(13, 9, 1, 2**depth - 1)
            palette = chunk(b"PLTE", colours.astype(np.uint8).tobytes())
            data = png(samples, depth, 3, interlaced, palette)
            agree_with_pillow(data, colours[samples[..., 0]])
            keep(f"palette-{depth}{end}", data, colours[samples[..., 0]])
            alpha = np.linspace(0, 255, 2**depth).astype(np.uint8)
            data = png(samples, depth, 3, interlaced, palette + chunk(b"tRNS", alpha.tobytes()))
            rgba = np.concatenate([colours, alpha[:, None]], -1)[samples[..., 0]]
            keep(f"palette-{depth}-trns{end}", data, over_white(rgba), 0, True)
    samples = scene(13, 9, 1, 255)
    hole = int(samples[8, 12, 0])
    truth = np.repeat(np.where(samples == hole, 255, samples), 3, -1)
    keep("gray-8-trns.png", png(samples, 8, 0, extra=chunk(b"tRNS", struct.pack(">H", hole))), truth, 0, True)
    samples = scene(13, 9, 3, 255)
    hole = samples[8, 12]
    gone = (samples == hole).all(-1, keepdims=True)
    data = png(samples, 8, 2, extra=chunk(b"tRNS", struct.pack(">HHH", *hole)))
    keep("rgb-8-trns.png", data, np.where(gone, 255, samples), 0, True)
    opaque = np.concatenate([samples, np.full((9, 13, 1), 255)], -1)
    keep("rgb-alpha-8-opaque.png", png(opaque, 8, 6), samples)
    make_png_gamma(samples)
    make_png_orientation()


def make_png_gamma(samples):
    srgb, linear = chunk(b"sRGB", b"\0"), chunk(b"gAMA", struct.pack(">I", 100000))
    # libpng corrects through 8-bit tables: one step of rounding.
    bright = np.floor(255 * (samples / 255) ** (1 / 2.2) + 0.5)
    keep("gamma-1.0.png", png(samples, 8, 2, extra=linear), bright, 1)
    keep("gamma-1.0-srgb.png", png(samples, 8, 2, extra=srgb + linear), samples)
    keep("gamma-0.45.png", png(samples, 8, 2, extra=chunk(b"gAMA", struct.pack(">I", 45455))), samples)


def turned_back(upright, orientation):
    """The stored picture that EXIF orientation turns into `upright`."""
    return {
        1: lambda p: p, 2: lambda p: p[:, ::-1], 3: lambda p: p[::-1, ::-1], 4: lambda p: p[::-1],
        5: lambda p: p.transpose(1, 0, 2), 6: lambda p: np.rot90(p, 1),
        7: lambda p: p[::-1, ::-1].transpose(1, 0, 2), 8: lambda p: np.rot90(p, -1),
    }[orientation](upright)


def exif(orientation=None, maker=None, model=None, date=None, original=None):
    block = Image.Exif()
    for tag, value in ((0x112, orientation), (0x10F, maker), (0x110, model), (0x132, date)):
        if value is not None:
            block[tag] = value
    if original is not None:
        block.get_ifd(0x8769)[0x9003] = original
    return block.tobytes()


def make_png_orientation():
    upright = scene(13, 9)
    for orientation in range(1, 9):
        stored = np.ascontiguousarray(turned_back(upright, orientation))
        block = chunk(b"eXIf", exif(orientation)[6:])
        keep(f"exif-{orientation}.png", png(stored, 8, 2, extra=block), upright)
        keep(f"exif-{orientation}-interlaced.png", png(stored, 8, 2, True, late=block), upright)


# JPEG -----------------------------------------------------------------------------------------

# Between versions of the decoder colours may differ by the rounding of the upsampling.
JPEG_TOLERANCE = 2


def saved(picture, kind, **options):
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def keep_jpeg(name, picture, **options):
    data = saved(picture, "JPEG", quality=90, **options)
    stored = Image.open(io.BytesIO(data)).convert("RGB")
    # convert drops EXIF, so the orientation is put back for exif_transpose.
    stored.getexif()[0x112] = Image.open(io.BytesIO(data)).getexif().get(0x112, 1)
    keep(name, data, np.asarray(ImageOps.exif_transpose(stored)), JPEG_TOLERANCE)


def make_jpeg():
    colours = Image.fromarray(scene(37, 21).astype(np.uint8))
    for subsampling in ("4:4:4", "4:2:2", "4:2:0"):
        keep_jpeg(f"rgb-{subsampling.replace(':', '')}.jpg", colours, subsampling=subsampling)
    keep_jpeg("progressive.jpg", colours, progressive=True)
    keep_jpeg("restarts.jpg", colours, restart_marker_rows=1)
    keep_jpeg("gray.jpg", colours.convert("L"))
    keep_jpeg("cmyk.jpg", colours.convert("CMYK"))
    small = scene(24, 13)
    for orientation in range(1, 9):
        stored = np.ascontiguousarray(turned_back(small, orientation)).astype(np.uint8)
        keep_jpeg(f"exif-{orientation}.jpg", Image.fromarray(stored), exif=exif(orientation))
    facts = exif(1, "NIKON CORPORATION", "NIKON D70", "2024:05:02 08:00:00", "2024:05:01 12:30:00")
    keep_jpeg("exif-facts.jpg", Image.fromarray(small.astype(np.uint8)), exif=facts)


# WebP -----------------------------------------------------------------------------------------


def keep_webp(name, pictures, tolerance, turn=1, **options):
    first = pictures[0]
    if len(pictures) > 1:
        options |= {"save_all": True, "append_images": pictures[1:], "duration": 100}
    data = saved(first, "WEBP", exif=exif(turn), **options)
    read = Image.open(io.BytesIO(data)).convert("RGBA")
    read.getexif()[0x112] = turn
    rgba = np.asarray(ImageOps.exif_transpose(read))
    keep(name, data, over_white(rgba), tolerance, bool((rgba[..., 3] < 255).any()))


def make_webp():
    rgb = Image.fromarray(scene(37, 21).astype(np.uint8))
    rgba = Image.fromarray(scene(37, 21, 4).astype(np.uint8))
    # Lossy colours come from one decoder library in two versions; lossless has one answer.
    keep_webp("lossless.webp", [rgb], 0, lossless=True)
    keep_webp("lossless-alpha.webp", [rgba], 0, lossless=True, exact=True)
    keep_webp("lossy.webp", [rgb], 2, quality=80)
    keep_webp("lossy-alpha.webp", [rgba], 2, quality=80)
    keep_webp("animated.webp", [rgb, ImageOps.invert(rgb)], 0, lossless=True)
    keep_webp("animated-alpha.webp", [rgba, ImageOps.invert(rgb).convert("RGBA")], 0, lossless=True)
    for turn in (3, 6, 7):
        stored = np.ascontiguousarray(turned_back(scene(24, 13), turn)).astype(np.uint8)
        keep_webp(f"exif-{turn}.webp", [Image.fromarray(stored)], 0, turn, lossless=True)


# Other people's pictures ------------------------------------------------------------------------

SHARED = ("images/formats", "images/exif-orientation", "images/photos", "images/captioned")


def cells(rgb):
    """The mean colour of each cell of a 3 x 3 grid, rounded; edges as in Swift's `i * side / 3`."""
    height, width, _ = rgb.shape
    out = []
    for row in range(3):
        for column in range(3):
            top, bottom = row * height // 3, max(row * height // 3 + 1, (row + 1) * height // 3)
            left, right = column * width // 3, max(column * width // 3 + 1, (column + 1) * width // 3)
            out += [int(v + 0.5) for v in rgb[top:bottom, left:right].reshape(-1, 3).mean(0)]
    return out


def read_png(picture, path):
    """Pillow ignores gAMA and cuts 16 bits off; both are done here, in floating point.

    None where Pillow gives no full-precision samples to start from.
    """
    wide = path.read_bytes()[24] == 16
    if wide and not picture.mode.startswith("I"):
        return None
    exponent = 1.0
    if "gamma" in picture.info and not {"srgb", "icc_profile"} & picture.info.keys():
        exponent = 1 / (2.2 * picture.info["gamma"])
    if abs(exponent - 1) < 0.05 and not wide:  # libpng's threshold
        return over_white(np.asarray(ImageOps.exif_transpose(picture).convert("RGBA")))
    if "transparency" in picture.info or "A" in picture.mode:
        return None
    samples = np.asarray(picture if wide else picture.convert("RGB")).astype(float)
    shown = 255 * (samples / (65535 if wide else 255)) ** exponent
    return np.repeat(shown[..., None], 3, -1) if wide else shown


def read_shared(path):
    picture = Image.open(path)
    if picture.format not in ("JPEG", "PNG", "WEBP"):
        return None
    picture.load()
    if picture.format == "PNG":
        return read_png(picture, path)
    if picture.mode == "CMYK":
        turn = picture.getexif().get(0x112, 1)
        picture = picture.convert("RGB")
        picture.getexif()[0x112] = turn
    upright = ImageOps.exif_transpose(picture)
    return over_white(np.asarray(upright.convert("RGBA")))


# Its chunks stand in an order that the specification forbids; libpng, and so browsers, drop the transparency.
NO_TRUTH = {"circle-trns-before-plte.png"}


def make_shared(folder):
    lines = []
    for path in sorted(p for part in SHARED for p in (folder / part).rglob("*") if p.is_file()):
        if path.name in NO_TRUTH:
            continue
        try:
            rgb = read_shared(path)
        except (OSError, SyntaxError, ValueError):
            continue
        if rgb is not None:
            height, width, _ = rgb.shape
            values = " ".join(map(str, cells(rgb)))
            lines.append(f"{path.relative_to(folder)}\t{width}\t{height}\t{values}\n")
    (FOLDER / "truth-shared.tsv").write_text("".join(lines))


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--shared", type=pathlib.Path, help="the third-party test data")
    shared = options.parse_args().shared
    FOLDER.mkdir(exist_ok=True)
    make_png()
    make_jpeg()
    make_webp()
    lines = ["\t".join(map(str, row)) + "\n" for row in ROWS]
    (FOLDER / "truth.tsv").write_text("".join(lines))
    if shared:
        make_shared(shared)


main()
