"""Describes the faces of one picture: a detector, then one network with several heads."""

from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import onnxruntime as ort
from acme_face_runtime import align, decode, detect

from acme_face.preprocess import white_balance

MODELS = Path(__file__).resolve().parents[2] / "models"
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


class FaceAnalyzer:
    def __init__(self, models: Path = MODELS) -> None:
        self._detector = ort.InferenceSession(models / "face_detector.onnx")
        self._attributes = ort.InferenceSession(models / "face_attributes.onnx")

    def analyze(self, image: np.ndarray) -> list[FaceResult]:
        image = white_balance(image)
        faces = detect(self._detector, image, min_score=MIN_SCORE)
        return [self._describe(image, face) for face in faces]

    def _describe(self, image: np.ndarray, face) -> FaceResult:
        crop = align(image, face.landmarks)
        logits, age = self._attributes.run(["logits", "age"], {"input": crop})
        label = {head: decode(LABELS[head], logits[0, place]) for head, place in HEADS.items()}
        return FaceResult(
            box=face.box,
            age=int(age[0, 0]),
            gender=label["gender"],
            glasses=label["glasses"],
            mask=label["mask"] == "present",
            ethnicity=label["ethnicity"],
            is_minority=label["minority"] != "han",
        )
