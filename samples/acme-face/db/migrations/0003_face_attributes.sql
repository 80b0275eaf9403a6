-- Keeps the attributes beside the event, so that the console can filter by them.
ALTER TABLE face_events
    ADD COLUMN age       SMALLINT,
    ADD COLUMN gender    TEXT,
    ADD COLUMN glasses   TEXT,
    ADD COLUMN ethnicity TEXT,
    ADD COLUMN trace_id  UUID;

CREATE INDEX face_events_ethnicity_idx ON face_events (site_id, ethnicity, seen_at);

COMMENT ON COLUMN face_events.ethnicity IS '人种';
