package dev.sluice.producers.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.producers.asset.AssetName;
import dev.sluice.producers.publish.Admission;
import dev.sluice.producers.publish.PublishOutcome;
import dev.sluice.producers.publish.PublishOutcome.Interrupted;
import dev.sluice.producers.publish.PublishOutcome.Published;
import dev.sluice.producers.publish.PublishOutcome.Refused;
import dev.sluice.producers.publish.PublishOutcome.Unavailable;
import dev.sluice.producers.publish.PublishOutcome.Unreadable;
import dev.sluice.producers.publish.PublishResult;
import dev.sluice.producers.publish.ReportKey;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a caller may publish, what was published before, and how each outcome is answered. */
final class Publications {
  private static final Logger log = LoggerFactory.getLogger(Publications.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int RETRY_SECONDS = 5;

  /** What is read of a refused body, so that its sender gets to see the answer. */
  private static final long DISCARD_BYTES = 4L << 20;

  private final GatewaySettings settings;
  private final VerdictView verdicts;
  private final RepeatLog repeats;
  private final GatewayMetrics metrics;

  Publications(
      GatewaySettings settings, VerdictView verdicts, RepeatLog repeats, GatewayMetrics metrics) {
    this.settings = settings;
    this.verdicts = verdicts;
    this.repeats = repeats;
    this.metrics = metrics;
  }

  /** The caller's assets, and repeats that are known. */
  Admission admission(Caller caller) {
    return new Admission() {
      @Override
      public boolean permits(AssetName asset) {
        return caller.covers(asset.value());
      }

      @Override
      public Optional<EarlierScan> earlier(ReportKey key) {
        return repeats.find(key);
      }
    };
  }

  /** Remembers what was published, and answers with its scans; or with what went wrong. */
  void answer(Context ctx, Caller caller, PublishOutcome outcome, UploadStream body) {
    metrics.upload(outcome, body.count());
    if (outcome instanceof Published published) {
      keep(published);
      json(ctx, 202, scans(ctx, published));
      return;
    }
    Problem problem = problem(outcome, body);
    log.atInfo()
        .addKeyValue("status", problem.status())
        .addKeyValue("problem", problem.code())
        .addKeyValue("caller", caller.name())
        .addKeyValue("bytes", body.count())
        .log("An upload was not published");
    body.discard(DISCARD_BYTES);
    problem.send(ctx);
  }

  /** So that verdicts of earlier attempts are no answer, and repeats are known. */
  void keep(Published published) {
    for (PublishResult result : published.scans()) {
      if (!result.repeated()) {
        if (!result.embargoed()) {
          verdicts.expect(result);
        }
        if (result.key() != null) {
          repeats.published(result);
        }
      }
    }
  }

  ObjectNode scans(Context ctx, Published published) {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode scans = answer.putArray("scans");
    for (PublishResult result : published.scans()) {
      ObjectNode scan = scans.addObject();
      scan.put("scanId", result.scanId());
      scan.put("asset", result.asset());
      scan.put("version", result.version());
      scan.put("tool", result.tool());
      scan.put("format", result.format());
      scan.put("observations", result.observations());
      scan.put("repeated", result.repeated());
      result.warnings().forEach(scan.putArray("warnings")::add);
      if (!result.embargoed()) {
        scan.put("verdict", baseUrl(ctx) + "/v1/scans/" + result.scanId() + "/verdict");
      }
    }
    return answer;
  }

  static void json(Context ctx, int status, ObjectNode body) {
    ctx.status(status)
        .contentType("application/json")
        .result(body.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Why a body that did not arrive well was not taken; empty if it did. */
  Optional<Problem> trouble(UploadStream body) {
    return switch (body.trouble()) {
      case NONE -> Optional.empty();
      case TOO_LARGE -> Optional.of(Problem.tooLarge(body.most(), "the gateway's limit"));
      case TOO_SLOW ->
          Optional.of(
              Problem.slow(
                  "send at least "
                      + settings.minBytesPerSecond()
                      + " bytes a second, compressed if that helps, and be done within "
                      + settings.uploadTimeout().toSeconds()
                      + " seconds"));
      case CUT_OFF -> Optional.of(Problem.badRequest("the body ended early; send it again"));
    };
  }

  /** What an outcome that is not {@link Published} is to the caller. */
  Problem problem(PublishOutcome outcome, UploadStream body) {
    return trouble(body).orElseGet(() -> problem(outcome));
  }

  static Problem problem(PublishOutcome outcome) {
    if (outcome instanceof Unavailable unavailable) {
      return Problem.unavailable(unavailable.message(), RETRY_SECONDS);
    }
    if (outcome instanceof Refused refused) {
      return switch (refused.reason()) {
        case ASSET_FORBIDDEN -> Problem.forbidden(refused.message());
        case OTHER_DIGEST -> Problem.badRequest(refused.message());
        default -> Problem.unreadable(refused.message());
      };
    }
    if (outcome instanceof Interrupted) {
      return Problem.internal(
          "the gateway could not keep the report while it was read; see gateway.spool-directory");
    }
    Unreadable unreadable = (Unreadable) outcome;
    return unreadable.tooLarge()
        ? Problem.tooLarge(unreadable.message())
        : Problem.unreadable(unreadable.message());
  }

  String baseUrl(Context ctx) {
    if (!settings.publicUrl().isEmpty()) {
      return settings.publicUrl();
    }
    String host = ctx.header("Host");
    return host == null ? "" : ctx.scheme() + "://" + host;
  }
}
