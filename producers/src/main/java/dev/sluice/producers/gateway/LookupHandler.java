package dev.sluice.producers.gateway;

import dev.sluice.producers.gateway.Lookup.Question;
import dev.sluice.producers.gateway.Lookup.Subject;
import dev.sluice.producers.token.Role;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** {@code GET} of lists and explanations, which another part of the process answers. */
final class LookupHandler {
  private static final int RETRY_SECONDS = 2;
  private static final Lookup NONE =
      question -> {
        throw new ProblemException(
            new Problem(
                501,
                "no-read-model",
                "There is no read model",
                "this gateway has no read model; set database.url to the database that sluice"
                    + " database run fills (docs/read-model.md)",
                0));
      };

  private final Access access;
  private final AtomicReference<Lookup> lookup = new AtomicReference<>(NONE);

  LookupHandler(Access access) {
    this.access = access;
  }

  /** Has all further questions answered by this one. */
  void answerWith(Lookup answers) {
    lookup.set(answers);
  }

  /** Whoever answers now. */
  Lookup lookup() {
    return lookup.get();
  }

  void addTo(JavalinConfig config) {
    config.routes.get("/v1/findings", ctx -> answer(ctx, Subject.FINDINGS, ""));
    config.routes.get("/v1/items", ctx -> answer(ctx, Subject.ITEMS, ""));
    config.routes.get(
        "/v1/explain/{id}", ctx -> answer(ctx, Subject.EXPLANATION, ctx.pathParam("id")));
    config.routes.get("/v1/scans/{id}", ctx -> answer(ctx, Subject.SCAN, ctx.pathParam("id")));
  }

  private void answer(Context ctx, Subject subject, String id) {
    Caller caller = access.require(ctx, Role.VIEW);
    Map<String, String> parameters = new HashMap<>();
    for (Map.Entry<String, List<String>> parameter : ctx.queryParamMap().entrySet()) {
      List<String> values = parameter.getValue();
      parameters.put(parameter.getKey(), values.isEmpty() ? "" : values.get(values.size() - 1));
    }
    Optional<byte[]> answer;
    try {
      answer = lookup.get().answer(new Question(subject, id, parameters, caller.assets()));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.badRequest(e.getMessage()));
    } catch (Lookup.AwayException e) {
      throw new ProblemException(
          new Problem(
              503, "read-model-away", "The read model is away", e.getMessage(), RETRY_SECONDS));
    }
    ctx.contentType("application/json")
        .header("Cache-Control", "no-store")
        .result(answer.orElseThrow(() -> new ProblemException(nothing())));
  }

  private static Problem nothing() {
    return new Problem(
        404,
        "unknown-id",
        "Nothing has this id",
        "no finding, item, scan or vulnerability that you may see has this id",
        0);
  }
}
