package dev.sluice.sinks.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.sinks.SinkType;
import dev.sluice.sinks.alert.ChatSinkContract;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

final class TeamsSinkTest extends ChatSinkContract {
  private static final Set<String> SPACING = Set.of("none", "medium");
  private static final Set<String> RUN_FIELDS =
      Set.of("type", "text", "weight", "size", "fontType", "selectAction");

  @Override
  protected SinkType type() {
    return TeamsSink.TYPE;
  }

  @Override
  protected String goneAnswer() {
    return "{\"error\":{\"code\":\"WorkflowTriggerIsNotEnabled\",\"message\":\"disabled\"}}";
  }

  /**
   * Fields of the Adaptive Cards 1.4 schema (adaptivecards.io/schemas/adaptive-card.json:
   * RichTextBlock, TextRun, Action.OpenUrl), the envelope of "Create and send messages" and the 28
   * KB of "Microsoft Teams connector, known limits" on learn.microsoft.com.
   */
  @Override
  protected Optional<String> refusal(byte[] message) {
    if (message.length > 28 * 1024) {
      return Optional.of("RequestEntityTooLarge: " + message.length);
    }
    JsonNode json;
    try {
      json = new ObjectMapper().readTree(message);
    } catch (IOException e) {
      return Optional.of("InvalidRequestContent");
    }
    JsonNode attachment = json.path("attachments").path(0);
    JsonNode card = attachment.path("content");
    boolean enveloped =
        json.path("type").asText().equals("message")
            && json.path("attachments").size() == 1
            && attachment
                .path("contentType")
                .asText()
                .equals("application/vnd.microsoft.card.adaptive")
            && card.path("type").asText().equals("AdaptiveCard")
            && card.path("version").asText().equals("1.4")
            && !card.path("body").isEmpty();
    if (!enveloped) {
      return Optional.of("InvalidCard");
    }
    for (JsonNode block : card.path("body")) {
      if (!block.path("type").asText().equals("RichTextBlock")
          || !SPACING.contains(block.path("spacing").asText())
          || block.path("inlines").isEmpty()) {
        return Optional.of("InvalidBlock: " + block);
      }
      for (JsonNode run : block.path("inlines")) {
        if (!isRun(run)) {
          return Optional.of("InvalidRun: " + run);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isRun(JsonNode run) {
    boolean[] known = {true};
    run.fieldNames().forEachRemaining(name -> known[0] &= RUN_FIELDS.contains(name));
    JsonNode action = run.path("selectAction");
    return known[0]
        && run.path("type").asText().equals("TextRun")
        && run.path("text").isTextual()
        && !run.path("text").asText().contains("{{")
        && (action.isMissingNode()
            || (action.path("type").asText().equals("Action.OpenUrl")
                && action.path("url").asText().matches("https?://.*")));
  }
}
