#!/usr/bin/env python3
"""Writes src/Untag/Scan/Matching/look-alikes.txt: the characters that are read as a letter of the policy's terms.

    eng/look-alikes.py confusables.txt > src/Untag/Scan/Matching/look-alikes.txt

The argument is https://www.unicode.org/Public/security/17.0.0/confusables.txt (Unicode License v3). The names and
compatibility decompositions are those of the Unicode version of the Python that runs this; the header says which.
"""
import collections
import glob
import re
import sys
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIGATURE_MAX = 4
NAMED_LETTER = re.compile(
    r"^(?:LATIN LETTER SMALL CAPITAL (?P<small>[A-Z])"
    r"|LATIN SMALL LETTER (?:SCRIPT |DOTLESS |BARRED |OPEN )?(?P<lower>[A-Z])(?: WITH .*)?"
    r"|LATIN CAPITAL LETTER (?:SCRIPT )?(?P<upper>[A-Z])(?: WITH .*)?"
    r"|MODIFIER LETTER (?:SMALL|SMALL CAPITAL|CAPITAL) (?P<raised>[A-Z])"
    r"|(?:PARENTHESIZED|NEGATIVE CIRCLED|NEGATIVE SQUARED|SQUARED|CROSSED NEGATIVE SQUARED) LATIN CAPITAL LETTER (?P<boxed>[A-Z])"
    r"|PARENTHESIZED LATIN SMALL LETTER (?P<round>[A-Z])"
    r"|REGIONAL INDICATOR SYMBOL LETTER (?P<flag>[A-Z]))$")


def is_ascii_letters(text):
    return text.isascii() and text.isalpha()


def skeletons(path):
    version, table = "", {}
    for line in open(path, encoding="utf-8-sig"):
        if line.startswith("# Version:"):
            version = line.split(":")[1].strip()
        fields = line.split("#")[0].split(";")
        if len(fields) >= 3:
            table[chr(int(fields[0], 16))] = "".join(chr(int(code, 16)) for code in fields[1].split())
    return version, table


def named(letter):
    match = NAMED_LETTER.match(unicodedata.name(letter, ""))
    if not match:
        return None
    value = next(group for group in match.groups() if group)
    return value if match["upper"] or match["boxed"] or match["flag"] else value.lower()


def styled(letter):
    """What a letter is that differs in style only: wide, mathematical, raised, boxed, with accents."""
    plain = unicodedata.normalize("NFKC", letter)
    if is_ascii_letters(plain) and len(plain) <= LIGATURE_MAX:
        return plain
    parts = unicodedata.normalize("NFKD", letter)
    if is_ascii_letters(parts[:1]) and all(unicodedata.category(mark)[0] == "M" for mark in parts[1:]):
        return parts[0]
    return named(letter)


def looks_like(letter, table):
    """The ASCII letter that a letter of another script is drawn like."""
    drawn = table.get(letter)
    if drawn is None:
        return None
    if drawn == "rn":
        return "m"
    lower = letter.lower()
    if lower != letter and len(lower) == 1 and drawn in ("l", "I"):  # all of I, l and 1 are drawn like l
        small = looks_like(lower, table)
        return small.upper() if small else None
    if len(drawn) == 1 and is_ascii_letters(drawn):
        return drawn
    return named(drawn) if len(drawn) == 1 else None


def main(path):
    version, table = skeletons(path)
    policy = "".join(open(file, encoding="utf-8").read() for file in sorted(glob.glob(f"{ROOT}/policy/**/*.yaml", recursive=True)))
    wanted = {c for c in policy + policy.lower() + policy.upper() if not c.isascii() and c.isalpha()}
    wanted -= {c for c in wanted if styled(c)}
    rows = collections.defaultdict(list)
    for code in range(0x80, 0x110000):
        letter = chr(code)
        category = unicodedata.category(letter)
        if category in ("Cn", "Co", "Cs", "Cc", "Cf") or category[0] in "MZ":
            continue
        plain = styled(letter)
        if plain:
            rows["styled", plain].append(letter)
            continue
        whole = unicodedata.normalize("NFKC", letter)
        if whole != letter and len(whole) <= LIGATURE_MAX and all(c in wanted for c in whole):
            rows["styled", whole].append(letter)
        elif category[0] == "L" or category in ("Nl", "So"):
            ascii_letter = looks_like(letter, table)
            if ascii_letter:
                latin = category == "So" or unicodedata.name(letter, "").startswith("LATIN")
                rows["styled" if latin else "foreign", ascii_letter].append(letter)
                if letter in wanted and "А" <= letter <= "я" and table[letter] == ascii_letter:
                    rows["cyrillic", letter].append(ascii_letter)
    print(f"# Characters that are read as letters of the policy's terms. Made by eng/look-alikes.py; do not edit.")
    print(f"# From confusables.txt, version {version}, and the Unicode Character Database, version"
          f" {unicodedata.unidata_version}: © Unicode, Inc., Unicode License v3 (https://www.unicode.org/license.txt).")
    print("# styled: the same letter in another style. foreign: a letter of another script that is drawn alike.")
    print("# cyrillic: an ASCII letter that is drawn like a Cyrillic one.")
    for (kind, plain), letters in sorted(rows.items()):
        print(f"{kind} {plain} {''.join(letters)}")


main(sys.argv[1])
