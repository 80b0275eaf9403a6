#!/usr/bin/env python3
"""Writes src/Untag/Scan/Reading/Encodings/letters.txt: how many bits each letter of a language costs.

The counts are taken from the translations (*.mo) of free software; the first argument is the folder that holds them,
such as /usr/share/locale after `dpkg -x` of libgtk-3-common, gimp-data, libglib2.0-data, coreutils, gettext-base and
dpkg of Debian 12. Only the counts are kept, rounded to whole bits; a count of letters is nobody's work.
"""
import collections
import gettext
import glob
import math
import sys
import unicodedata

KEPT_MAX = 800
COUNT_MIN = 3
# The languages that each alphabet is made of: each has the same weight, however much of it was translated.
ALPHABETS = {
    "chinese-simplified": ["zh_CN"],
    "chinese-traditional": ["zh_TW", "zh_HK"],
    "japanese": ["ja"],
    "korean": ["ko"],
    "cyrillic": ["ru", "ru", "uk", "bg"],
    "western": ["fr", "de", "es", "pt_BR", "it", "sv", "da", "fi", "nl"],
    "central-european": ["pl", "cs", "sk", "hu", "ro", "hr", "sl"],
    "turkish": ["tr"],
    "greek": ["el"],
    "hebrew": ["he"],
    "thai": ["th"],
    "arabic": ["ar", "ar", "fa"],
}


def letters_of(folder, language):
    counts = collections.Counter()
    for path in sorted(glob.glob(f"{folder}/{language}/LC_MESSAGES/*.mo")):
        with open(path, "rb") as file:
            catalog = gettext.GNUTranslations(file)._catalog
        for key, text in catalog.items():
            if key and isinstance(text, str):
                counts.update(c for c in text if 127 < ord(c) < 0x10000 and unicodedata.category(c)[0] != "C")
    return counts


def main(folder):
    print("# Bits that a character costs, given that it is not ASCII: the smaller, the more frequent.")
    print("# Made by eng/letter-statistics.py; do not edit.")
    for alphabet, languages in ALPHABETS.items():
        share = collections.Counter()
        for language in languages:
            counts = letters_of(folder, language)
            total = sum(counts.values())
            for letter, count in counts.items():
                if count >= COUNT_MIN:
                    share[letter] += count / total / len(languages)
        tiers = collections.defaultdict(list)
        for letter, part in share.most_common(KEPT_MAX):
            tiers[round(-math.log2(part))].append(letter)
        for bits in sorted(tiers):
            print(f"{alphabet} {bits} {''.join(sorted(tiers[bits]))}")


main(sys.argv[1])
