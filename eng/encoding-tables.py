#!/usr/bin/env python3
"""Writes src/Untag/Scan/Reading/Encodings/tables.bin: what the bytes of the encodings from before Unicode stand for.

The mappings are those of Python's codecs, which follow the files of the Unicode Consortium and of Microsoft. A test
compares every sequence of bytes with the framework's own tables.

Packed with deflate: for each encoding of single bytes the 128 characters of the upper half, then for each encoding of
pairs the characters of all pairs, first bytes 0x81 to 0xFE, second bytes 0x40 to 0xFE. Each is the difference to the
one before, the small bytes of a table first and then its large ones; 0 is a character that does not exist.
"""
import struct
import sys
import zlib

SINGLE = ["cp1252", "cp1251", "koi8_r", "cp1254", "cp1256", "cp1250", "cp1253", "cp1255", "cp874",
          "iso8859_2", "iso8859_5", "iso8859_7", "iso8859_15", "cp866", "koi8_u"]
PAIRS = ["gb18030", "cp950", "cp932", "cp949"]


def character(codec, data):
    try:
        text = bytes(data).decode(codec)
    except UnicodeDecodeError:
        return 0
    return ord(text) if len(text) == 1 and ord(text) < 0x10000 else 0


def table(values):
    previous, differences = 0, []
    for value in values:
        differences.append((value - previous) & 0xFFFF if value else 0)
        previous = value or previous
    return bytes(d & 0xFF for d in differences) + bytes(d >> 8 for d in differences)


def main(path):
    raw = b"".join(table([character(codec, [b]) for b in range(0x80, 0x100)]) for codec in SINGLE)
    raw += b"".join(
        table([character(codec, [lead, trail]) for lead in range(0x81, 0xFF) for trail in range(0x40, 0xFF)])
        for codec in PAIRS)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(raw) + packer.flush()
    with open(path, "wb") as file:
        file.write(packed)
    print(f"{len(raw)} bytes, packed {len(packed)}", file=sys.stderr)


main(sys.argv[1])
