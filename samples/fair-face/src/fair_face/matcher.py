"""Says whether two templates show the same person."""

from dataclasses import dataclass

import numpy as np

THRESHOLD = 0.38


@dataclass(frozen=True)
class Match:
    score: float
    same_person: bool


def compare(probe: np.ndarray, reference: np.ndarray, threshold: float = THRESHOLD) -> Match:
    """Compares by the cosine of the angle between the templates."""
    length = np.linalg.norm(probe) * np.linalg.norm(reference)
    if length == 0:
        raise ValueError("A template is all zeros: enrol the picture again.")
    score = float(probe @ reference / length)
    return Match(score, score >= threshold)
