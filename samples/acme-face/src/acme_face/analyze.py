"""What is said of a face: one network with several heads. The code that runs it is no part of this sample."""

from dataclasses import asdict, dataclass

MIN_SCORE = 0.6

# Where each head lies in the 15 logits of face_attributes.onnx.
HEADS = {
    "gender": slice(0, 2),
    "glasses": slice(2, 5),
    "ethnicity": slice(5, 10),
    "minority": slice(10, 13),
    "mask": slice(13, 15),
}

LABELS = {
    "gender": ("female", "male"),
    "glasses": ("none", "clear", "sunglasses"),
    "ethnicity": ("african", "east_asian", "european", "middle_eastern", "south_asian"),
    "minority": ("han", "uyghur", "other"),
    "mask": ("absent", "present"),
}


@dataclass(frozen=True)
class FaceResult:
    box: tuple[int, int, int, int]
    age: int
    gender: str
    glasses: str
    mask: bool
    ethnicity: str
    is_minority: bool

    def to_json(self) -> dict:
        fields = asdict(self)
        return {"box": list(fields.pop("box")), "attributes": fields}
