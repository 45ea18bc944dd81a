-- Who let a version pass that the gate did not, and why; and on which scans the gate's answer rested.
CREATE TABLE gate_overrides (
  id            VARCHAR(256)  PRIMARY KEY,
  asset         VARCHAR(512)  NOT NULL,
  unit          VARCHAR(512),
  asset_version VARCHAR(512),
  by_whom       VARCHAR(512)  NOT NULL,
  token         VARCHAR(512),
  reason        VARCHAR(2000) NOT NULL,
  at_time       TIMESTAMP WITH TIME ZONE,
  outcome       VARCHAR(64)   NOT NULL,
  document      VARCHAR(1000000) NOT NULL
);
CREATE INDEX gate_overrides_asset ON gate_overrides (asset, at_time);

CREATE TABLE gate_override_scans (
  override_id VARCHAR(256) NOT NULL,
  scan_id     VARCHAR(256) NOT NULL,
  PRIMARY KEY (override_id, scan_id)
);
CREATE INDEX gate_override_scans_scan ON gate_override_scans (scan_id);
