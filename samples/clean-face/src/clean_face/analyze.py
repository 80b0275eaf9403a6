"""Judges the faces of one picture: a detector, then one network with several heads."""

from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import onnxruntime as ort
from clean_face_runtime import align, decode, detect

from clean_face.preprocess import white_balance

MODELS = Path(__file__).resolve().parents[2] / "models"
MIN_SCORE = 0.6

# Where each head lies in the 10 logits of face_attributes.onnx.
HEADS = {
    "pose": slice(0, 5),
    "glasses": slice(5, 8),
    "mask": slice(8, 10),
}

LABELS = {
    "pose": ("frontal", "left", "right", "up", "down"),
    "glasses": ("none", "clear", "sunglasses"),
    "mask": ("absent", "present"),
}


@dataclass(frozen=True)
class FaceResult:
    box: tuple[int, int, int, int]
    pose: str
    glasses: str
    mask: bool
    quality: float

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
        logits, quality = self._attributes.run(["logits", "quality"], {"input": crop})
        label = {head: decode(LABELS[head], logits[0, place]) for head, place in HEADS.items()}
        return FaceResult(
            box=face.box,
            pose=label["pose"],
            glasses=label["glasses"],
            mask=label["mask"] == "present",
            quality=float(quality[0, 0]),
        )
