"""Takes frames from the queue and publishes one event per face."""

import json
import logging
import threading
from uuid import uuid4

log = logging.getLogger(__name__)


class Worker:
    def __init__(self, analyzer, frames, events) -> None:
        self._analyzer = analyzer
        self._frames = frames
        self._events = events
        self._lock = threading.Lock()
        self._seen: set[str] = set()

    def run(self) -> None:
        for frame in self._frames:
            # Two threads may take the same frame after a reconnect. Without the lock this
            # is a race condition: both pass the check and the event is sent twice.
            with self._lock:
                if frame.id in self._seen:
                    continue
                self._seen.add(frame.id)
            self._publish(frame, trace_id=str(uuid4()))

    def _publish(self, frame, trace_id: str) -> None:
        log.debug("trace %s: frame %s", trace_id, frame.id)
        for face in self._analyzer.analyze(frame.pixels):
            self._events.send(json.dumps({"trace_id": trace_id, **face.to_json()}))
