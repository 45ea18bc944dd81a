package dev.sluice.app.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StoryTest {
  private static final String FINDING =
      """
      {"type": "finding", "redirectedFrom": "f-old",
       "finding": {"id": "f-1", "asset": "registry.example/acme/pay",
         "vulnerability": "CVE-2019-10744", "aliases": ["GHSA-jf85-cpcp-j695"],
         "package": "pkg:npm/lodash", "packageName": "lodash", "title": "Prototype pollution",
         "severity": "critical", "severitySource": "ghsa", "severityReason": "its own ecosystem",
         "knownExploited": false, "status": "open", "revision": 2, "item": "i-1",
         "firstSeen": "2026-03-01T10:15:30Z",
         "lines": [{"line": "5.x", "support": "supported", "headVersion": "5.2.1",
           "present": true, "installedVersions": ["4.17.11"], "fixedVersion": "4.17.12",
           "seenBy": ["grype", "trivy"], "notSeenBy": []}],
         "occurrences": [
           {"line": "5.x", "version": "4.17.11", "scanner": "trivy", "place": "package.json",
            "nativeId": "CVE-2019-10744", "present": true, "since": "2026-03-01T10:15:30Z"},
           {"line": "5.x", "version": "4.17.11", "scanner": "grype", "place": "package.json",
            "nativeId": "GHSA-jf85-cpcp-j695", "present": true, "since": "2026-03-01T10:16:30Z"}],
         "occurrenceCount": 2},
       "decision": {"at": "2026-03-01T10:15:31Z", "actionable": true, "rule": "fix-available",
         "reason": "fix-available", "explanation": "It is critical and has a fix.",
         "policyVersion": "0123456789abcdef", "cause": "scan", "causeId": "s-1",
         "facts": {"severity": "CRITICAL", "hasFix": "true", "knownExploited": "false"}},
       "decisions": [{"at": "2026-03-01T10:15:31Z"}],
       "item": {"id": "i-1", "title": "Upgrade lodash to 4.17.12", "status": "open",
         "openedAt": "2026-03-01T10:15:31Z", "episode": 1, "deadline": "2026-03-31T00:00:00Z",
         "deadlineReason": "critical: 30 days", "owner": "team-pay", "findingCount": 1},
       "events": [{"at": "2026-03-01T10:15:31Z", "type": "opened", "changes": [],
         "cause": "scan", "causeId": "s-1"}],
       "tickets": [{"sink": "jira", "ticket": "PAY-7", "state": "linked",
         "at": "2026-03-01T10:15:32Z", "url": "https://jira.example/browse/PAY-7"}],
       "scans": [{"id": "s-1", "scanner": "trivy", "line": "5.x", "assetVersion": "5.2.1",
         "scanTime": "2026-03-01T10:15:30Z", "completeness": "complete", "outcome": "cannot_know"}]}
      """;

  private static final String TOLD =
      """
      f-old is a former id of this finding.

      CVE-2019-10744 in lodash: Prototype pollution
        finding   f-1
        asset     registry.example/acme/pay
        package   pkg:npm/lodash
        severity  critical (ghsa: its own ecosystem)
        status    open, first seen 2026-03-01 10:15, revision 2

      Somebody must act: rule fix-available, fix-available
        It is critical and has a fix.
        decided  2026-03-01 10:15, because of scan s-1
        policy   0123456789ab
        on these facts:
          severity  CRITICAL
          hasFix    true

      Release lines
        line  support    version         installed  fixed in  seen by
        5.x   supported  5.2.1    there  4.17.11    4.17.12   grype, trivy

      Who reports it
        scanner  as                   line  version  since       place
        trivy    CVE-2019-10744       5.x   4.17.11  2026-03-01  package.json
        grype    GHSA-jf85-cpcp-j695  5.x   4.17.11  2026-03-01  package.json

      Why it is one finding
        One package, pkg:npm/lodash, and one vulnerability: CVE-2019-10744 is also called
        GHSA-jf85-cpcp-j695.
        trivy calls it CVE-2019-10744
        grype calls it GHSA-jf85-cpcp-j695

      Action item: Upgrade lodash to 4.17.12
        item      i-1
        status    open, opened 2026-03-01 10:15
        deadline  2026-03-31 (critical: 30 days)
        owner     team-pay
        findings  1

      What happened
        2026-03-01 10:15  opened  scan s-1

      Where it was sent
        jira  PAY-7  linked  2026-03-01 10:15  https://jira.example/browse/PAY-7

      Last scans of the asset
        scanner  line  version  scanned                                  scan
        trivy    5.x   5.2.1    2026-03-01 10:15  complete, cannot know  s-1
      """;

  @Test
  void aFindingIsToldFromWhatMattersMost() throws Exception {
    assertThat(told(FINDING)).isEqualTo(TOLD);
  }

  @Test
  void whatScannersWriteReachesNoTerminal() throws Exception {
    String hostile = FINDING.replace("Prototype pollution", "\\u001b[2J\\u0007 boo");
    assertThat(told(hostile)).doesNotContain("\u001b", "\u0007").contains("boo");
  }

  @Test
  void aDecisionThatIsNotKnownIsSaid() throws Exception {
    JsonNode answer = new ObjectMapper().readTree(FINDING);
    ((com.fasterxml.jackson.databind.node.ObjectNode) answer)
        .put("at", "2025-01-01T00:00:00Z")
        .putNull("decision");
    assertThat(told(answer.toString()))
        .startsWith("As of 2025-01-01 00:00 UTC")
        .contains("No decision was known then");
  }

  private static String told(String json) throws Exception {
    var out = new ByteArrayOutputStream();
    Story.of(new ObjectMapper().readTree(json))
        .print(new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }
}
