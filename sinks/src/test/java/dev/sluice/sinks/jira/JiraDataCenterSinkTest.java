package dev.sluice.sinks.jira;

import dev.sluice.sinks.SinkType;
import dev.sluice.sinks.ticket.FakeTracker;
import dev.sluice.sinks.ticket.TicketSinkContract;
import java.time.Instant;
import java.util.Map;

final class JiraDataCenterSinkTest extends TicketSinkContract {
  @Override
  protected String front() {
    return "SEC-";
  }

  @Override
  protected SinkType type() {
    return JiraSink.TYPE;
  }

  @Override
  protected String golden() {
    return "jira-data-center";
  }

  @Override
  protected FakeTracker fake(Instant now) {
    return new FakeJira(now, false);
  }

  @Override
  protected Map<String, String> settings(String server) {
    return Map.of(
        "jira.url", server,
        "jira.edition", "DATA_CENTER",
        "jira.project", "SEC",
        "jira.token", TOKEN,
        "jira.settle", "20s");
  }
}
