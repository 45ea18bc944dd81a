package dev.sluice.sinks.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.sinks.SinkType;
import dev.sluice.sinks.alert.AlertKind;
import dev.sluice.sinks.alert.AlertSink;
import dev.sluice.sinks.alert.Alerts;
import dev.sluice.sinks.alert.ChatSinkContract;
import dev.sluice.sinks.alert.FakeChat;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class SlackSinkTest extends ChatSinkContract {
  private static final Pattern CONTROL = Pattern.compile("<(?!https?://[^<>|\\s]+>)");
  private static final Pattern AMPERSAND = Pattern.compile("&(?!amp;|lt;|gt;)");

  @Override
  protected SinkType type() {
    return SlackSink.TYPE;
  }

  @Override
  protected String goneAnswer() {
    return "channel_is_archived";
  }

  /**
   * Limits and fields of docs.slack.dev, reference/block-kit/blocks (header, section, context) and
   * messaging/formatting-message-text (escaping), and the errors of
   * messaging/sending-messages-using-incoming-webhooks.
   */
  @Override
  protected Optional<String> refusal(byte[] message) {
    JsonNode json;
    try {
      json = new ObjectMapper().readTree(message);
    } catch (IOException e) {
      return Optional.of("invalid_payload");
    }
    if (json.path("text").asText().isBlank()) {
      return Optional.of("no_text");
    }
    JsonNode blocks = json.path("blocks");
    if (!blocks.isArray() || blocks.isEmpty() || blocks.size() > 50) {
      return Optional.of("invalid_blocks: " + blocks.size());
    }
    for (JsonNode block : blocks) {
      Optional<String> why =
          switch (block.path("type").asText()) {
            case "header" -> text(block.path("text"), "plain_text", 150);
            case "section" -> text(block.path("text"), "mrkdwn", 3_000);
            case "context" ->
                block.path("elements").size() == 1
                    ? text(block.path("elements").get(0), "mrkdwn", 3_000)
                    : Optional.of("elements");
            default -> Optional.of("type");
          };
      if (why.isPresent()) {
        return Optional.of("invalid_blocks: " + why.get());
      }
    }
    return Optional.empty();
  }

  private static Optional<String> text(JsonNode text, String type, int limit) {
    String words = text.path("text").asText();
    if (!text.path("type").asText().equals(type) || words.isEmpty() || words.length() > limit) {
      return Optional.of(type + " of " + words.length());
    }
    boolean marked = type.equals("mrkdwn");
    return marked && (CONTROL.matcher(words).find() || AMPERSAND.matcher(words).find())
        ? Optional.of("not escaped: " + words)
        : Optional.empty();
  }

  @Test
  void fiveThousandEventsAreOneMessageWithTheWorstFive() throws Exception {
    try (FakeChat chat = new FakeChat(this::refusal);
        AlertSink sink = alerts(chat.url())) {
      send(sink, Alerts.of(AlertKind.STORM, 5_000, "team-web"));
      assertThat(chat.messages()).hasSize(1);
      assertThat(chat.messages().get(0).path("text").asText())
          .startsWith("team-web: 5,000 events (");
      assertThat(chat.messages().get(0).path("blocks").size()).isEqualTo(1 + 1 + 5 + 1);
    }
  }
}
