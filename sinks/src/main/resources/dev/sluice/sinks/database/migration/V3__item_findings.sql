-- Findings that an item has ever been about, as its events named them: a resolved finding is in no item any more, and
-- its story is still told.
CREATE TABLE item_findings (
  item_id    VARCHAR(256) NOT NULL,
  finding_id VARCHAR(256) NOT NULL,
  PRIMARY KEY (item_id, finding_id)
);
CREATE INDEX item_findings_finding ON item_findings (finding_id);
