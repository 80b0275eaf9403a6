import pytest

pytest.importorskip("clean_face_runtime")

from clean_face.analyze import HEADS, FaceResult  # noqa: E402


def test_heads_do_not_overlap():
    taken = [i for place in HEADS.values() for i in range(place.start, place.stop)]
    assert taken == list(range(10))


def test_a_result_is_written_in_the_shape_of_the_api():
    face = FaceResult(
        box=(40, 32, 168, 190),
        pose="frontal",
        glasses="clear",
        mask=False,
        quality=0.91,
    )
    assert face.to_json()["attributes"]["pose"] == "frontal"
