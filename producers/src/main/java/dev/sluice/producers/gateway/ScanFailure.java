package dev.sluice.producers.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.producers.publish.PublishOutcome;
import dev.sluice.producers.publish.PublishOutcome.Published;
import dev.sluice.producers.publish.PublishRequest;
import dev.sluice.producers.publish.PublishResult;
import dev.sluice.producers.publish.ReportPublisher;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.token.Role;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import java.util.Map;

/** {@code POST /v1/scans/{id}/failed}: there is no report, because the scanner did not work. */
final class ScanFailure implements Handler {
  private static final int MAX_REASON = 500;

  private final Access access;
  private final ReportPublisher publisher;
  private final Publications publications;
  private final Redactor redactor;

  ScanFailure(
      Access access, ReportPublisher publisher, Publications publications, Redactor redactor) {
    this.access = access;
    this.publisher = publisher;
    this.publications = publications;
    this.redactor = redactor;
  }

  @Override
  public void handle(Context ctx) {
    Caller caller = access.require(ctx, Role.PUBLISH);
    Map<String, List<String>> query = ctx.queryParamMap();
    PublishRequest request = request(ctx, query, caller);
    String tool = text(query, "tool", 100);
    if (tool == null) {
      throw new ProblemException(
          Problem.badRequest("tool is missing: the scanner that failed, for example trivy"));
    }
    String reason = text(query, "reason", MAX_REASON);
    PublishOutcome outcome =
        publisher.fail(
            request,
            tool,
            reason == null ? "" : redactor.redact(reason),
            publications.admission(caller));
    if (!(outcome instanceof Published published)) {
      throw new ProblemException(Publications.problem(outcome));
    }
    publications.keep(published);
    PublishResult scan = published.scans().get(0);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("scanId", scan.scanId());
    answer.put("asset", scan.asset());
    answer.put("tool", scan.tool());
    answer.put("verdict", publications.baseUrl(ctx) + "/v1/scans/" + scan.scanId() + "/verdict");
    Publications.json(ctx, 202, answer);
  }

  private static PublishRequest request(
      Context ctx, Map<String, List<String>> query, Caller caller) {
    try {
      return ScanParameters.parse(
              query, ScanParameters.OF_FAILURE, ctx.header("traceparent"), caller.name())
          .scanId(ctx.pathParam("id"))
          .build();
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.badRequest(e.getMessage()));
    }
  }

  private static String text(Map<String, List<String>> query, String name, int limit) {
    String value = ScanParameters.one(query, name);
    if (value == null || value.isBlank()) {
      return null;
    }
    if (value.length() > limit || value.chars().anyMatch(Character::isISOControl)) {
      throw new ProblemException(
          Problem.badRequest(name + " must be one line of at most " + limit + " characters"));
    }
    return value.strip();
  }
}
