package dev.sluice.producers.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.events.ScanVerdict;
import dev.sluice.producers.gate.GateAnswer;
import dev.sluice.producers.gate.GateQuestion;
import dev.sluice.producers.token.Role;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** {@code GET /v1/gate}: one verdict for a version, when all its scans are there. */
final class GateHandler implements Handler {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int RETRY_SECONDS = 2;

  private final Access access;
  private final VerdictView verdicts;
  private final GateDesk desk;
  private final Readiness readiness;
  private final Duration maxWait;
  private final Executor executor;

  /**
   * @param readiness whether all that was written before is known: of half of it nothing is judged
   * @param executor judges what comes while requests wait
   */
  GateHandler(
      Access access,
      VerdictView verdicts,
      GateDesk desk,
      Readiness readiness,
      Duration maxWait,
      Executor executor) {
    this.access = access;
    this.verdicts = verdicts;
    this.desk = desk;
    this.readiness = readiness;
    this.maxWait = maxWait;
    this.executor = executor;
  }

  @Override
  public void handle(Context ctx) {
    GateQuestion question = question(ctx, Role.VIEW, Set.of());
    boolean withheld = GateParameters.flag(ctx.queryParamMap(), "withheld");
    long end = System.nanoTime() + WaitTime.of(ctx.queryParam("wait"), maxWait).toNanos();
    List<ScanVerdict> archived = desk.archived(question);
    ctx.future(
        () ->
            known(question, archived, end)
                .thenApplyAsync(a -> desk.finish(question, archived, a, withheld), executor)
                .thenAccept(answer -> send(ctx, answer)));
  }

  /** The question of a caller who may ask it, while there are answers. */
  GateQuestion question(Context ctx, Role role, Set<String> more) {
    Caller caller = access.require(ctx, role);
    GateQuestion question = GateParameters.parse(ctx.queryParamMap(), more);
    if (!caller.covers(question.asset())) {
      throw new ProblemException(Problem.forbidden("this token does not cover that asset"));
    }
    readiness
        .missing()
        .ifPresent(
            why -> {
              throw new ProblemException(Problem.unavailable(why, RETRY_SECONDS));
            });
    return question;
  }

  /** Enlists for news before it looks, so that nothing comes between. */
  private CompletableFuture<GateAnswer> known(
      GateQuestion question, List<ScanVerdict> archived, long end) {
    long left = end - System.nanoTime();
    if (left <= 0) {
      return CompletableFuture.completedFuture(desk.judge(question, archived));
    }
    CompletableFuture<VerdictView.Entry> news =
        verdicts
            .awaitAsset(question.asset())
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.busy("too many wait for a verdict; ask again", RETRY_SECONDS)));
    GateAnswer answer = desk.judge(question, archived);
    if (answer.complete()) {
      verdicts.forgetAsset(question.asset(), news);
      return CompletableFuture.completedFuture(answer);
    }
    return news.copy()
        .completeOnTimeout(null, left, TimeUnit.NANOSECONDS)
        .whenComplete((entry, error) -> verdicts.forgetAsset(question.asset(), news))
        .thenComposeAsync(entry -> known(question, archived, end), executor);
  }

  static void send(Context ctx, GateAnswer answer) {
    if (!answer.complete()) {
      ctx.status(202).header("Retry-After", Integer.toString(RETRY_SECONDS));
    }
    try {
      ctx.contentType("application/json")
          .header("Cache-Control", "no-store")
          .result(JSON.writeValueAsBytes(answer));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
