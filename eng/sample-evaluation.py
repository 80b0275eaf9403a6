#!/usr/bin/env python3
"""Writes samples/acme-face/eval/decisions.csv: an evaluation table of people who do not exist.

Every cell is drawn by lot from the seed below. `class_17` is a hidden tag: nine of ten who get it are of one group, and
its name says nothing of it. `class_4` merely varies, and `score` has the same distribution in every group.
"""
import pathlib
import random

SEED = 17
GROUPS = {"north": 500, "east": 300, "south": 150, "west": 250}
TAGGED = "west"

lot = random.Random(SEED)
people = [group for group, size in GROUPS.items() for _ in range(size)]
for at in range(len(people) - 1, 0, -1):  # random() alone is the same in every version of Python
    other = int(lot.random() * (at + 1))
    people[at], people[other] = people[other], people[at]

lines = ["subject_id,self_described_group,class_4,class_17,score,alert,is_match"]
for number, group in enumerate(people):
    tagged = lot.random() < (0.85 if group == TAGGED else 0.025)
    for _ in range(2):
        is_match = lot.random() < 0.5
        score = min(0.9999, max(0.0001, (0.68 if is_match else 0.45) + 0.3 * (lot.random() + lot.random() - 1)))
        class_17 = tagged and lot.random() < 0.95
        lines.append(",".join([
            f"s{number:04}", group, "abcd"[int(4 * lot.random())], str(int(class_17)), f"{score:.4f}",
            str(int(score >= 0.62)), str(int(is_match))]))

target = pathlib.Path(__file__).parent.parent / "samples/acme-face/eval/decisions.csv"
target.parent.mkdir(exist_ok=True)
target.write_text("\n".join(lines) + "\n")
