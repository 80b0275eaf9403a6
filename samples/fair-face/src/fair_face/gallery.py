"""Keeps the enrolled templates of one site in memory."""

import threading

import numpy as np

from fair_face.matcher import Match, compare


class Gallery:
    def __init__(self) -> None:
        self._templates: dict[str, np.ndarray] = {}
        # Enrolling while a search runs would be a race: the dictionary changes under the loop.
        self._lock = threading.Lock()

    def enrol(self, badge: str, template: np.ndarray) -> None:
        with self._lock:
            self._templates[badge] = template

    def search(self, probe: np.ndarray) -> tuple[str, Match] | None:
        """Returns the best badge at or above the threshold, or None."""
        with self._lock:
            found = [(badge, compare(probe, known)) for badge, known in self._templates.items()]
        hits = [hit for hit in found if hit[1].same_person]
        return max(hits, key=lambda hit: hit[1].score, default=None)
