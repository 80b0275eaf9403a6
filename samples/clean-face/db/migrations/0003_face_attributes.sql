-- Keeps the attributes beside the event, so that the console can filter by them.
ALTER TABLE face_events
    ADD COLUMN pose     TEXT,
    ADD COLUMN glasses  TEXT,
    ADD COLUMN mask     BOOLEAN,
    ADD COLUMN quality  REAL,
    ADD COLUMN trace_id UUID;

CREATE INDEX face_events_quality_idx ON face_events (site_id, quality, seen_at);

COMMENT ON COLUMN face_events.quality IS '图像质量';
