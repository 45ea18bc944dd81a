-- Views for dashboards: docs/read-model.md describes each column. A view may gain columns; none is renamed.

-- What is open, by how bad and whose it is.
CREATE VIEW open_by_severity_and_owner AS
SELECT severity, COALESCE(owner, '') AS owner, COUNT(*) AS items, SUM(finding_count) AS findings,
       SUM(CASE WHEN known_exploited THEN 1 ELSE 0 END) AS exploited, MIN(due) AS next_due
FROM items
WHERE status = 'open'
GROUP BY severity, COALESCE(owner, '');

-- Open past the deadline.
CREATE VIEW overdue AS
SELECT id, asset, title, severity, owner, due, opened_at, known_exploited
FROM items
WHERE status = 'open' AND due < CURRENT_TIMESTAMP;

-- How long it took from opening to resolution, every episode that ended, by the month in which it ended.
CREATE VIEW time_to_remediate AS
SELECT EXTRACT(YEAR FROM happened_at) AS resolved_year, EXTRACT(MONTH FROM happened_at) AS resolved_month,
       severity, COALESCE(owner, '') AS owner, COUNT(*) AS items,
       AVG(CAST(EXTRACT(EPOCH FROM happened_at) - EXTRACT(EPOCH FROM opened_at) AS DOUBLE PRECISION)) / 3600 AS mean_hours,
       MAX(CAST(EXTRACT(EPOCH FROM happened_at) - EXTRACT(EPOCH FROM opened_at) AS DOUBLE PRECISION)) / 3600 AS longest_hours
FROM events
WHERE type = 'resolved' AND opened_at IS NOT NULL
GROUP BY EXTRACT(YEAR FROM happened_at), EXTRACT(MONTH FROM happened_at), severity, COALESCE(owner, '');

-- What is there, line by line.
CREATE VIEW findings_by_line AS
SELECT f.asset, l.line, l.support, f.severity, COUNT(*) AS findings,
       SUM(CASE WHEN f.actionable THEN 1 ELSE 0 END) AS actionable,
       SUM(CASE WHEN l.fixed_version IS NOT NULL THEN 1 ELSE 0 END) AS fixable
FROM findings f JOIN finding_lines l ON l.finding_id = f.id
WHERE l.present AND f.moved_to IS NULL AND f.status <> 'resolved'
GROUP BY f.asset, l.line, l.support, f.severity;

-- How much of what scanners say had been said before, by them or by others.
CREATE VIEW duplicate_ratio AS
SELECT asset, SUM(observations) AS observations, SUM(repeated) AS repeated, SUM(merged) AS merged,
       CAST(SUM(repeated) + SUM(merged) AS DOUBLE PRECISION)
         / CAST(NULLIF(SUM(observations), 0) AS DOUBLE PRECISION) AS ratio
FROM scans
GROUP BY asset;

-- What is kept from going onward, and why.
CREATE VIEW withheld_by_reason AS
SELECT reason, rule, severity, COUNT(*) AS findings, COUNT(DISTINCT asset) AS assets
FROM findings
WHERE status = 'withheld' AND moved_to IS NULL
GROUP BY reason, rule, severity;

-- When each scanner last looked at each line of each asset, and whether it counted.
CREATE VIEW scan_coverage AS
SELECT asset, line, scanner, COUNT(*) AS scans, MAX(decided_at) AS last_scan,
       MAX(CASE WHEN completeness IN ('complete', 'repeated') THEN decided_at END) AS last_complete,
       SUM(CASE WHEN completeness IN ('complete', 'repeated') THEN 0 ELSE 1 END) AS without_effect
FROM scans
WHERE purpose <> 'proposal'
GROUP BY asset, line, scanner;
