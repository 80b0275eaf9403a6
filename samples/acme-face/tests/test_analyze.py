
from acme_face.analyze import HEADS, FaceResult


def test_heads_do_not_overlap():
    taken = [i for place in HEADS.values() for i in range(place.start, place.stop)]
    assert taken == list(range(15))


def test_a_result_is_written_in_the_shape_of_the_api():
    face = FaceResult(
        box=(40, 32, 168, 190),
        age=34,
        gender="female",
        glasses="clear",
        mask=False,
        ethnicity="south_asian",
        is_minority=False,
    )
    assert face.to_json()["attributes"]["ethnicity"] == "south_asian"
