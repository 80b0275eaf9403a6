import numpy as np
import pytest

from fair_face.gallery import Gallery
from fair_face.matcher import compare


def test_a_template_matches_itself():
    template = np.array([0.6, 0.8])
    assert compare(template, template).same_person


def test_opposite_templates_do_not_match():
    template = np.array([0.6, 0.8])
    assert compare(template, -template).score == pytest.approx(-1)


def test_an_empty_template_is_refused():
    with pytest.raises(ValueError, match="enrol the picture again"):
        compare(np.zeros(2), np.array([0.6, 0.8]))


def test_a_search_returns_the_best_badge():
    gallery = Gallery()
    gallery.enrol("B-17", np.array([1.0, 0.2]))
    gallery.enrol("B-18", np.array([1.0, 0.0]))
    badge, _ = gallery.search(np.array([1.0, 0.01]))
    assert badge == "B-18"
