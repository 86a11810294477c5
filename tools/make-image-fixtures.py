#!/usr/bin/env python3
"""Makes the pictures in tests/corpora/images and the pixels that libjpeg-turbo and libpng decode from them.

Needs cjpeg (Debian: libjpeg-turbo-progs) and Python with numpy and Pillow built on libjpeg-turbo and libpng.
index.tsv lists: file, width, height (upright), EXIF orientation, file with the expected RGB bytes.
Pictures in refused/ are sound files of kinds that HandMeshEngine does not read.
committed-photos.tsv lists the JPEGs in tests/photos: name, size, SHA-256 of the RGB bytes. With a folder as argument,
parity-photos.tsv lists those below the folder in the same way.
"""
import hashlib
import io
import os
import struct
import subprocess
import sys
import zlib

import numpy as np
from PIL import Image

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests", "corpora", "images")


def picture(width, height):
    """Smooth colours, a hard edge and some noise: every coefficient gets used."""
    y, x = np.mgrid[0:height, 0:width].astype(float)
    rgb = np.stack([128 + 120 * np.sin(x / 5), 255 * y / max(height - 1, 1), 128 + 120 * np.cos((x + y) / 7)], -1)
    rgb[(x - width / 2) ** 2 + (y - height / 2) ** 2 < (min(width, height) / 3) ** 2] = [230, 180, 150]
    rgb += np.random.default_rng(5).normal(0, 6, rgb.shape)
    return np.clip(rgb, 0, 255).astype(np.uint8)


def cjpeg(pixels, *options):
    ppm = b"P6 %d %d 255\n" % (pixels.shape[1], pixels.shape[0]) + pixels.tobytes()
    return subprocess.run(["cjpeg", *options], input=ppm, stdout=subprocess.PIPE, check=True).stdout


def scans(text):
    path = os.path.join(FOLDER, "scans.tmp")
    with open(path, "w", encoding="ascii") as file:
        file.write(text)
    return ["-scans", path]


def segments(jpeg):
    """The marker segments up to the first scan, and the rest."""
    parts, at = [], 2
    while jpeg[at + 1] != 0xDA:
        length = struct.unpack(">H", jpeg[at + 2:at + 4])[0]
        parts.append(jpeg[at:at + 2 + length])
        at += 2 + length
    return parts, jpeg[at:]


def rebuild(jpeg, keep=lambda part: True, first=b"", fill=b""):
    parts, rest = segments(jpeg)
    return jpeg[:2] + first + b"".join(fill + part for part in parts if keep(part)) + rest


def segment(marker, content):
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def exif(orientation, order):
    """A TIFF block with orientation, lens and focal plane; order is < or >."""
    def entry(tag, kind, count, value):
        data = struct.pack(order + "HH", value, 0) if kind == 3 else struct.pack(order + "I", value)
        return struct.pack(order + "HHI", tag, kind, count) + data

    main, sub = 8, 8 + 2 + 2 * 12 + 4
    values = sub + 2 + 7 * 12 + 4
    block = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", main)
    block += struct.pack(order + "H", 2) + entry(0x0112, 3, 1, orientation) + entry(0x8769, 4, 1, sub) + bytes(4)
    block += struct.pack(order + "H", 7)
    block += entry(0x920A, 5, 1, values) + entry(0xA002, 4, 1, 410) + entry(0xA003, 3, 1, 290)
    block += entry(0xA20E, 5, 1, values + 8) + entry(0xA20F, 5, 1, values + 16) + entry(0xA210, 3, 1, 3)
    block += entry(0xA405, 3, 1, 27) + bytes(4)
    return block + struct.pack(order + "6I", 425, 100, 4000, 1, 5000, 1)


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def filtered(rows, distance):
    """Filters 0 to 4 in turn."""
    out, above = b"", bytes(len(rows[0]) if rows else 0)
    for number, row in enumerate(rows):
        kind = number % 5
        out += bytes([kind])
        for i, value in enumerate(row):
            left = row[i - distance] if i >= distance else 0
            corner = above[i - distance] if i >= distance else 0
            up = above[i]
            nearest = min((left, up, corner), key=lambda v: abs(left + up - corner - v))
            out += bytes([(value - [0, left, up, (left + up) // 2, nearest][kind]) & 255])
        above = row
    return out


def png(samples, depth, color_type, interlaced=False, palette=None, transparency=None, pieces=1, extra=b""):
    """samples: [H, W, channels], each below 2**depth."""
    height, width, channels = samples.shape
    passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    data = b""
    for x, y, step_x, step_y in passes if interlaced else [(0, 0, 1, 1)]:
        part = samples[y::step_y, x::step_x]
        if part.size == 0:
            continue
        rows = []
        for row in part.reshape(part.shape[0], -1):
            bits = "".join(format(v, "0%db" % depth) for v in row)
            bits += "0" * (-len(bits) % 8)
            rows.append(int(bits, 2).to_bytes(len(bits) // 8, "big"))
        data += filtered(rows, max(1, channels * depth // 8))
    packed = zlib.compress(data, 9)
    step = -(-len(packed) // pieces)
    out = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color_type, 0, 0, interlaced))
    out += extra
    if palette is not None:
        out += chunk(b"PLTE", palette.astype(np.uint8).tobytes())
    if transparency is not None:
        out += chunk(b"tRNS", transparency)
    for i in range(pieces):
        out += chunk(b"IDAT", packed[i * step:(i + 1) * step])
    if pieces > 1:
        out += chunk(b"IDAT", b"")
    return out + chunk(b"tEXt", b"Comment\0made for tests") + chunk(b"IEND", b"")


def expected(data):
    """Upright RGB as the C libraries give it; 16-bit grey, which Pillow keeps, loses its low byte."""
    image = Image.open(io.BytesIO(data))
    orientation = image.getexif().get(0x0112, 1)
    if image.mode.startswith("I"):
        grey = (np.asarray(image).astype(int) >> 8).astype(np.uint8)
        image = Image.fromarray(grey)
    rgb = image.convert("RGB")
    turn = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}.get(orientation)
    return (rgb if turn is None else rgb.transpose(turn)), orientation


def jpegs():
    base = picture(41, 29)
    for name, sampling in [("444", "1x1"), ("422", "2x1"), ("420", "2x2"), ("440", "1x2"), ("411", "4x1"), ("410", "4x2"),
                           ("mixed", "2x2,1x2,2x1"), ("small-luma", "1x1,2x2,2x2")]:
        yield f"baseline-{name}.jpg", cjpeg(base, "-sample", sampling)
    for name, sampling in [("444", "1x1"), ("422", "2x1"), ("420", "2x2"), ("440", "1x2")]:
        yield f"progressive-{name}.jpg", cjpeg(base, "-progressive", "-sample", sampling)
    for width, height in [(1, 1), (2, 3), (3, 2), (5, 4), (16, 16), (33, 17)]:
        yield f"baseline-420-{width}x{height}.jpg", cjpeg(picture(width, height), "-sample", "2x2")
        yield f"progressive-420-{width}x{height}.jpg", cjpeg(picture(width, height), "-sample", "2x2", "-progressive")
    yield "baseline-422-2x2.jpg", cjpeg(picture(2, 2), "-sample", "2x1")
    yield "grey.jpg", cjpeg(base, "-grayscale")
    yield "grey-progressive.jpg", cjpeg(base, "-grayscale", "-progressive")
    yield "grey-2x2.jpg", cjpeg(base, "-grayscale", "-sample", "2x2")
    yield "rgb-adobe.jpg", cjpeg(base, "-rgb")
    yield "rgb-progressive.jpg", cjpeg(base, "-rgb", "-progressive")
    yield "rgb-by-letters.jpg", rebuild(cjpeg(base, "-rgb"), lambda part: part[1] != 0xEE)
    adobe = segment(0xEE, b"Adobe\0\x64\0\0\0\0\1")
    yield "ycc-adobe.jpg", rebuild(cjpeg(base), lambda part: part[1] != 0xE0, first=adobe)
    yield "restart-each-unit.jpg", cjpeg(base, "-restart", "1B")
    yield "restart-each-row.jpg", cjpeg(base, "-restart", "1", "-sample", "2x1")
    yield "restart-progressive.jpg", cjpeg(base, "-restart", "2B", "-progressive")
    yield "quality-100.jpg", cjpeg(base, "-quality", "100", "-optimize")
    yield "quality-3.jpg", cjpeg(base, "-quality", "3")
    yield "separate-scans.jpg", cjpeg(base, *scans("0; 2; 1;"))
    yield "two-and-one-scans.jpg", cjpeg(base, *scans("0 2; 1;"))
    yield "many-scans.jpg", cjpeg(base, *scans(
        "0,1,2: 0-0, 0, 3; 0: 1-5, 0, 4; 1: 1-63, 0, 3; 2: 1-63, 0, 1; 0,1,2: 0-0, 3, 2; 0: 6-63, 0, 2; 0: 1-5, 4, 3;"
        "0: 1-5, 3, 2; 1: 1-63, 3, 2; 1: 1-63, 2, 1; 0: 1-63, 2, 1; 0,1,2: 0-0, 2, 1; 0,1,2: 0-0, 1, 0;"
        "2: 1-63, 1, 0; 1: 1-63, 1, 0; 0: 1-63, 1, 0;"))
    yield "without-huffman-tables.jpg", rebuild(cjpeg(base), lambda part: part[1] != 0xC4)
    yield "fill-bytes.jpg", rebuild(cjpeg(base), fill=b"\xff\xff")
    yield "trailing-bytes.jpg", cjpeg(base) + b"\xff\xd8 trailing"
    for orientation in range(1, 9):
        block = segment(0xE1, b"Exif\0\0" + exif(orientation, "<>"[orientation % 2]))
        yield f"orientation-{orientation}.jpg", rebuild(cjpeg(base, "-quality", "50"), first=block)


def pngs():
    rng = np.random.default_rng(7)
    for color_type, channels, depths in [(0, 1, (1, 2, 4, 8, 16)), (2, 3, (8, 16)), (3, 1, (1, 2, 4, 8)), (4, 2, (8, 16)), (6, 4, (8, 16))]:
        name = {0: "grey", 2: "rgb", 3: "palette", 4: "grey-alpha", 6: "rgb-alpha"}[color_type]
        for depth in depths:
            samples = rng.integers(0, 2**depth, (11, 13, channels))
            palette = rng.integers(0, 256, (2**depth, 3)) if color_type == 3 else None
            for interlaced in (False, True):
                suffix = "-interlaced" if interlaced else ""
                yield f"{name}-{depth}{suffix}.png", png(samples, depth, color_type, interlaced, palette)
    small = rng.integers(0, 256, (8, 8, 3))
    for width, height in [(1, 1), (2, 3), (5, 1), (1, 6)]:
        yield f"rgb-8-interlaced-{width}x{height}.png", png(small[:height, :width], 8, 2, True)
    yield "rgb-8-pieces.png", png(small, 8, 2, pieces=3)
    yield "rgb-8-transparent.png", png(small, 8, 2, transparency=bytes(6))
    yield "grey-8-transparent.png", png(small[:, :, :1], 8, 0, transparency=bytes(2))
    yield "palette-4-transparent.png", png(small[:, :, :1] & 15, 4, 3, palette=rng.integers(0, 256, (16, 3)), transparency=bytes(9))
    yield "orientation-6.png", png(small[:5], 8, 2, extra=chunk(b"eXIf", exif(6, ">")))


def refused():
    base = picture(41, 29)
    yield "arithmetic.jpg", cjpeg(base, "-arithmetic")
    sound = cjpeg(base, "-sample", "1x1")
    yield "fractional.jpg", sound.replace(b"\x03\x01\x11\x00\x02\x11\x01", b"\x03\x01\x31\x00\x02\x21\x01")
    cmyk = io.BytesIO()
    Image.fromarray(base).convert("CMYK").save(cmyk, "JPEG")
    yield "cmyk.jpg", cmyk.getvalue()
    yield "twelve-bit.jpg", sound.replace(b"\xff\xc0\x00\x11\x08", b"\xff\xc1\x00\x11\x0c")


def write(name, data):
    path = os.path.join(FOLDER, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)


def photos(root):
    for folder, _, files in sorted(os.walk(root)):
        for name in sorted(name for name in files if name.endswith(".jpg")):
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                image, _ = expected(file.read())
            digest = hashlib.sha256(image.tobytes()).hexdigest()
            yield f"{os.path.relpath(path, root)}\t{image.width}\t{image.height}\t{digest}\n".encode()


def main():
    os.makedirs(FOLDER, exist_ok=True)
    lines, known = [], {}
    for name, data in [*jpegs(), *pngs()]:
        image, orientation = expected(data)
        pixels = image.tobytes()
        if pixels not in known:
            known[pixels] = "pixels/" + name.replace(".", "-") + ".rgb"
            write(known[pixels], pixels)
        write(name, data)
        lines.append(f"{name}\t{image.width}\t{image.height}\t{orientation}\t{known[pixels]}\n")
    write("index.tsv", "".join(lines).encode())
    for name, data in refused():
        write("refused/" + name, data)
    os.remove(os.path.join(FOLDER, "scans.tmp"))
    write("committed-photos.tsv", b"".join(photos(os.path.join(FOLDER, "..", "..", "photos"))))
    if len(sys.argv) > 1:
        write("parity-photos.tsv", b"".join(photos(sys.argv[1])))


if __name__ == "__main__":
    sys.exit(main())
