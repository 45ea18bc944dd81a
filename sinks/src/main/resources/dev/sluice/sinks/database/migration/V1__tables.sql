-- The read model: what the topics say, as tables. Everything here can be dropped and read again.
-- Plain SQL that PostgreSQL and H2 (in PostgreSQL mode) take alike. No table names a schema: common and embargoed
-- records have the same tables in two schemas. Widths are those of Width.java; what is longer is cut there.

-- How far each partition has been read, written in the transaction of what was read.
CREATE TABLE positions (
  topic       VARCHAR(256) NOT NULL,
  part        INT          NOT NULL,
  next_offset BIGINT       NOT NULL,
  PRIMARY KEY (topic, part)
);

CREATE TABLE findings (
  id               VARCHAR(256)  PRIMARY KEY,
  asset            VARCHAR(512)  NOT NULL,
  unit             VARCHAR(512),
  kind             VARCHAR(64)   NOT NULL,
  vulnerability    VARCHAR(512)  NOT NULL,
  package          VARCHAR(512),
  package_name     VARCHAR(512),
  source_package   VARCHAR(512),
  place            VARCHAR(2000),
  title            VARCHAR(2000) NOT NULL,
  severity         VARCHAR(64)   NOT NULL,
  status           VARCHAR(64)   NOT NULL,
  sort_rank        INT           NOT NULL,
  actionable       BOOLEAN       NOT NULL,
  rule             VARCHAR(512)  NOT NULL,
  reason           VARCHAR(512)  NOT NULL,
  known_exploited  BOOLEAN       NOT NULL,
  epss             DOUBLE PRECISION,
  fix_state        VARCHAR(64)   NOT NULL,
  item_id          VARCHAR(256),
  moved_to         VARCHAR(256),
  occurrence_count BIGINT        NOT NULL,
  first_seen       TIMESTAMP WITH TIME ZONE,
  resolved_at      TIMESTAMP WITH TIME ZONE,
  resolution       VARCHAR(512),
  due              TIMESTAMP WITH TIME ZONE,
  episode          INT           NOT NULL,
  version          BIGINT        NOT NULL,
  log_offset       BIGINT        NOT NULL,
  updated_at       TIMESTAMP WITH TIME ZONE,
  document         VARCHAR(1000000) NOT NULL
);
CREATE INDEX findings_order ON findings (sort_rank, id);
CREATE INDEX findings_asset ON findings (asset, sort_rank, id);
CREATE INDEX findings_item ON findings (item_id);

-- Every id by which a finding is known: canonical, aliases, what scanners call it.
CREATE TABLE finding_names (
  finding_id VARCHAR(256) NOT NULL,
  name       VARCHAR(512) NOT NULL,
  PRIMARY KEY (finding_id, name)
);
CREATE INDEX finding_names_name ON finding_names (name);

CREATE TABLE finding_scanners (
  finding_id VARCHAR(256) NOT NULL,
  scanner    VARCHAR(512) NOT NULL,
  PRIMARY KEY (finding_id, scanner)
);
CREATE INDEX finding_scanners_scanner ON finding_scanners (scanner);

CREATE TABLE finding_lines (
  finding_id    VARCHAR(256) NOT NULL,
  line          VARCHAR(512) NOT NULL,
  present       BOOLEAN      NOT NULL,
  support       VARCHAR(64)  NOT NULL,
  head_version  VARCHAR(512),
  installed     VARCHAR(2000) NOT NULL,
  fixed_version VARCHAR(512),
  first_seen    TIMESTAMP WITH TIME ZONE,
  PRIMARY KEY (finding_id, line)
);
CREATE INDEX finding_lines_line ON finding_lines (line);

-- Ids that a finding had before it was merged or split.
CREATE TABLE finding_redirects (
  finding_id VARCHAR(256) NOT NULL,
  former_id  VARCHAR(256) NOT NULL,
  PRIMARY KEY (finding_id, former_id)
);
CREATE INDEX finding_redirects_former ON finding_redirects (former_id);

CREATE TABLE items (
  id              VARCHAR(256)  PRIMARY KEY,
  asset           VARCHAR(512)  NOT NULL,
  unit            VARCHAR(512),
  kind            VARCHAR(64)   NOT NULL,
  title           VARCHAR(2000) NOT NULL,
  package         VARCHAR(512),
  package_name    VARCHAR(512),
  place           VARCHAR(2000),
  severity        VARCHAR(64)   NOT NULL,
  status          VARCHAR(64)   NOT NULL,
  sort_rank       INT           NOT NULL,
  status_reason   VARCHAR(512),
  known_exploited BOOLEAN       NOT NULL,
  finding_count   INT           NOT NULL,
  owner           VARCHAR(512),
  rule            VARCHAR(512)  NOT NULL,
  reason          VARCHAR(2000) NOT NULL,
  due             TIMESTAMP WITH TIME ZONE,
  due_reason      VARCHAR(512),
  episode         INT           NOT NULL,
  first_seen      TIMESTAMP WITH TIME ZONE,
  opened_at       TIMESTAMP WITH TIME ZONE,
  resolved_at     TIMESTAMP WITH TIME ZONE,
  version         BIGINT        NOT NULL,
  log_offset      BIGINT        NOT NULL,
  updated_at      TIMESTAMP WITH TIME ZONE,
  document        VARCHAR(1000000) NOT NULL
);
CREATE INDEX items_order ON items (sort_rank, id);
CREATE INDEX items_asset ON items (asset, sort_rank, id);
CREATE INDEX items_owner ON items (owner);

CREATE TABLE item_scanners (
  item_id VARCHAR(256) NOT NULL,
  scanner VARCHAR(512) NOT NULL,
  PRIMARY KEY (item_id, scanner)
);

CREATE TABLE item_lines (
  item_id       VARCHAR(256) NOT NULL,
  line          VARCHAR(512) NOT NULL,
  support       VARCHAR(64)  NOT NULL,
  head_version  VARCHAR(512),
  installed     VARCHAR(2000) NOT NULL,
  fixed_version VARCHAR(512),
  conflict      VARCHAR(2000),
  resolved      BOOLEAN      NOT NULL,
  PRIMARY KEY (item_id, line)
);
CREATE INDEX item_lines_line ON item_lines (line);

CREATE TABLE events (
  id          VARCHAR(256)  PRIMARY KEY,
  item_id     VARCHAR(256)  NOT NULL,
  type        VARCHAR(64)   NOT NULL,
  happened_at TIMESTAMP WITH TIME ZONE,
  asset       VARCHAR(512)  NOT NULL,
  owner       VARCHAR(512),
  severity    VARCHAR(64)   NOT NULL,
  title       VARCHAR(2000) NOT NULL,
  episode     INT           NOT NULL,
  revision    BIGINT        NOT NULL,
  opened_at   TIMESTAMP WITH TIME ZONE,
  due         TIMESTAMP WITH TIME ZONE,
  cause       VARCHAR(64)   NOT NULL,
  cause_id    VARCHAR(512),
  changes     VARCHAR(64000) NOT NULL
);
CREATE INDEX events_item ON events (item_id, happened_at);
CREATE INDEX events_time ON events (happened_at);

CREATE TABLE decisions (
  finding_id     VARCHAR(256) NOT NULL,
  part           INT          NOT NULL,
  log_offset     BIGINT       NOT NULL,
  asset          VARCHAR(512) NOT NULL,
  revision       BIGINT       NOT NULL,
  decided_at     TIMESTAMP WITH TIME ZONE,
  actionable     BOOLEAN      NOT NULL,
  rule           VARCHAR(512) NOT NULL,
  reason         VARCHAR(512) NOT NULL,
  explanation    VARCHAR(2000) NOT NULL,
  policy_version VARCHAR(256) NOT NULL,
  matrix_version VARCHAR(256),
  suppression    VARCHAR(512),
  rule_before    VARCHAR(512),
  reason_before  VARCHAR(512),
  cause          VARCHAR(64)  NOT NULL,
  cause_id       VARCHAR(512),
  facts          VARCHAR(64000) NOT NULL,
  PRIMARY KEY (part, log_offset)
);
CREATE INDEX decisions_finding ON decisions (finding_id, decided_at);
CREATE INDEX decisions_time ON decisions (decided_at);

CREATE TABLE scans (
  id             VARCHAR(256) PRIMARY KEY,
  asset          VARCHAR(512) NOT NULL,
  unit           VARCHAR(512),
  asset_version  VARCHAR(512),
  line           VARCHAR(512) NOT NULL,
  scanner        VARCHAR(512) NOT NULL,
  format         VARCHAR(512) NOT NULL,
  series         VARCHAR(2000) NOT NULL,
  purpose        VARCHAR(64)  NOT NULL,
  scan_time      TIMESTAMP WITH TIME ZONE,
  decided_at     TIMESTAMP WITH TIME ZONE,
  completeness   VARCHAR(64)  NOT NULL,
  outcome        VARCHAR(64)  NOT NULL,
  reason         VARCHAR(2000) NOT NULL,
  observations   BIGINT       NOT NULL,
  repeated       BIGINT       NOT NULL,
  merged         BIGINT       NOT NULL,
  findings       BIGINT       NOT NULL,
  new_findings   BIGINT       NOT NULL,
  fixed_findings BIGINT       NOT NULL,
  actionable     BIGINT       NOT NULL,
  version        BIGINT       NOT NULL,
  log_offset     BIGINT       NOT NULL,
  document       VARCHAR(1000000) NOT NULL
);
CREATE INDEX scans_asset ON scans (asset, scanner, decided_at);
CREATE INDEX scans_time ON scans (decided_at);

CREATE TABLE tickets (
  id            VARCHAR(512) PRIMARY KEY,
  sink          VARCHAR(256) NOT NULL,
  item_id       VARCHAR(256) NOT NULL,
  episode       INT          NOT NULL,
  asset         VARCHAR(512) NOT NULL,
  state         VARCHAR(64)  NOT NULL,
  ticket        VARCHAR(512),
  url           VARCHAR(2000),
  sent_revision BIGINT       NOT NULL,
  sent_at       TIMESTAMP WITH TIME ZONE,
  version       BIGINT       NOT NULL,
  log_offset    BIGINT       NOT NULL
);
CREATE INDEX tickets_item ON tickets (item_id);
