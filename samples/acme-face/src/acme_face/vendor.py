"""Fallback for sites without a GPU: asks the partner's cloud instead of our network."""

import httpx

RETURN_ATTRIBUTES = (
    "age,gender,glasses,"
    "headpose,ethnicity,"
    "blur,mask"
)


class CloudAnalyzer:
    def __init__(self, client: httpx.Client, key: str) -> None:
        self._client = client
        self._key = key

    def analyze(self, jpeg: bytes) -> list[dict]:
        reply = self._client.post(
            "/v3/detect",
            data={"api_key": self._key, "return_attributes": RETURN_ATTRIBUTES},
            files={"image": ("frame.jpg", jpeg, "image/jpeg")},
        )
        reply.raise_for_status()
        return [_flatten(face["attributes"]) for face in reply.json()["faces"]]


def _flatten(attributes: dict) -> dict:
    return {
        "age": attributes["age"]["value"],
        "gender": attributes["gender"]["value"].lower(),
        "glasses": attributes["glass"]["value"].lower(),
        "ethnicity": attributes["ethnicity"]["value"].lower(),
    }
