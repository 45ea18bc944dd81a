package dev.sluice.producers.gateway;

import dev.sluice.events.GateOverride;
import dev.sluice.events.ScanVerdict;
import dev.sluice.producers.gate.GateAnswer;
import dev.sluice.producers.gate.GateQuestion;
import dev.sluice.producers.gate.OverrideLog;
import dev.sluice.producers.gate.Overrides;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.token.Role;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code POST /v1/gate/overrides}: a person lets a version pass; it is kept who and why. */
final class GateOverrideHandler implements Handler {
  private final Access access;
  private final GateHandler gate;
  private final GateDesk desk;
  private final OverrideLog overrides;
  private final Redactor redactor;
  private final InstantSource clock;

  GateOverrideHandler(
      Access access,
      GateHandler gate,
      GateDesk desk,
      OverrideLog overrides,
      Redactor redactor,
      InstantSource clock) {
    this.access = access;
    this.gate = gate;
    this.desk = desk;
    this.overrides = overrides;
    this.redactor = redactor;
    this.clock = clock;
  }

  @Override
  public void handle(Context ctx) {
    Caller caller = access.require(ctx, Role.ACCEPT);
    GateQuestion question = gate.question(ctx, Role.ACCEPT, Set.of("by", "reason"));
    Map<String, List<String>> query = ctx.queryParamMap();
    List<ScanVerdict> archived = desk.archived(question);
    GateAnswer answer = desk.finish(question, archived, desk.judge(question, archived), false);
    if (answer.isPass()) {
      GateHandler.send(ctx, answer); // there is nothing to override, and nothing to keep
      return;
    }
    GateOverride made;
    try {
      made =
          Overrides.of(
              answer,
              GateParameters.text(query, "by"),
              redactor.redact(
                  java.util.Objects.requireNonNullElse(GateParameters.text(query, "reason"), "")),
              caller.name(),
              clock.instant());
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.badRequest(e.getMessage()));
    }
    try {
      overrides.record(made);
    } catch (OverrideLog.NotKeptException e) {
      throw new ProblemException(Problem.unavailable(e.getMessage(), 5));
    }
    GateHandler.send(ctx, answer.overridden(Overrides.view(made)));
  }
}
