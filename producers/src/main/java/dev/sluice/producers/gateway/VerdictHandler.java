package dev.sluice.producers.gateway;

import dev.sluice.producers.token.Role;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** {@code GET /v1/scans/{id}/verdict}: at once, or when it is there, without holding a thread. */
final class VerdictHandler implements Handler {
  private static final Pattern SCAN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,109}");
  private static final int RETRY_SECONDS = 2;

  private final Access access;
  private final VerdictView verdicts;
  private final Duration maxWait;

  VerdictHandler(Access access, VerdictView verdicts, Duration maxWait) {
    this.access = access;
    this.verdicts = verdicts;
    this.maxWait = maxWait;
  }

  @Override
  public void handle(Context ctx) {
    Caller caller = access.require(ctx, Role.VIEW);
    String scanId = ctx.pathParam("id");
    if (!SCAN_ID.matcher(scanId).matches()) {
      throw new ProblemException(
          Problem.badRequest("a scan's id has letters, digits, dots, _ and - only"));
    }
    Duration wait = WaitTime.of(ctx.queryParam("wait"), maxWait);
    Optional<VerdictView.Entry> present = verdicts.find(scanId);
    if (present.isPresent() || wait.isZero()) {
      answer(ctx, caller, scanId, present.orElse(null));
      return;
    }
    CompletableFuture<VerdictView.Entry> arrival =
        verdicts
            .await(scanId)
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.busy("too many wait for a verdict; ask again", RETRY_SECONDS)));
    ctx.future(
        () ->
            arrival
                .copy()
                .completeOnTimeout(null, wait.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((entry, error) -> verdicts.forget(scanId, arrival))
                .thenAccept(entry -> answer(ctx, caller, scanId, entry)));
  }

  private static void answer(Context ctx, Caller caller, String scanId, VerdictView.Entry entry) {
    if (entry == null) {
      ctx.status(202)
          .header("Retry-After", Integer.toString(RETRY_SECONDS))
          .contentType("application/json")
          .result(
              ("{\"scanId\":\"" + scanId + "\",\"verdict\":null}")
                  .getBytes(StandardCharsets.UTF_8));
    } else if (!caller.covers(entry.asset())) {
      Problem.forbidden("this token does not cover the asset of this scan").send(ctx);
    } else {
      ctx.status(200).contentType("application/json").result(entry.json());
    }
  }
}
