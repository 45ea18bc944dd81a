package dev.sluice.sinks.jsonlines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.events.ActionEventType;
import dev.sluice.sinks.Defaults;
import dev.sluice.sinks.Samples;
import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkContract;
import dev.sluice.sinks.SinkEnvironment;
import dev.sluice.sinks.SinkType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JsonLinesSinkTest extends SinkContract {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  @Override
  protected SinkType type() {
    return JsonLinesSink.TYPE;
  }

  @Override
  protected Sink open() {
    return open(Map.of());
  }

  @Override
  protected String received() {
    try {
      return Files.readString(path());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void writesOneObjectALine() throws Exception {
    deliver(Samples.event("a", 1, 1, ActionEventType.OPENED));
    deliver(Samples.event("a", 1, 2, ActionEventType.RESOLVED));
    List<String> lines = Files.readAllLines(path());
    assertThat(lines).hasSize(2);
    JsonNode first = JSON.readTree(lines.get(0));
    assertThat(first.at("/type").asText()).isEqualTo("opened");
    assertThat(first.at("/item/lines/0/fixedVersion").asText()).isEqualTo("3.0.15-1~deb12u1");
  }

  @Test
  void cutsOffHalfALineAndWritesItAnew() throws Exception {
    try (Sink sink = open(Map.of())) {
      deliver(sink, Samples.event("a", 1, 1, ActionEventType.OPENED));
    }
    String whole = received();
    for (int cut = 1; cut < 60; cut++) {
      Files.writeString(path(), whole + whole.substring(0, cut));
      open(Map.of()).close();
      assertThat(received()).as("cut at %d", cut).isEqualTo(whole);
    }
  }

  @Test
  void endsALineThatIsWholeButForItsEnd() throws Exception {
    try (Sink sink = open(Map.of())) {
      deliver(sink, Samples.event("a", 1, 1, ActionEventType.OPENED));
    }
    String whole = received();
    Files.writeString(path(), whole.substring(0, whole.length() - 1));
    try (Sink sink = open(Map.of())) {
      deliver(sink, Samples.event("a", 1, 1, ActionEventType.OPENED));
    }
    assertThat(received()).isEqualTo(whole);
  }

  @Test
  void doesNotWriteARepeatAfterACrash() throws Exception {
    for (int round = 0; round < 3; round++) {
      try (Sink sink = open(Map.of())) {
        for (int i = 0; i < 500; i++) {
          deliver(sink, Samples.event("item-" + i, 1, 1, ActionEventType.OPENED));
        }
      }
    }
    assertThat(Files.readAllLines(path())).hasSize(500);
  }

  @Test
  void recognisesARepeatInARotatedFile() throws Exception {
    Map<String, String> small = Map.of("jsonlines.rotate-bytes", "5000");
    for (int round = 0; round < 2; round++) {
      try (Sink sink = open(small)) {
        for (int i = 0; i < 50; i++) {
          deliver(sink, Samples.event("item-" + i, 1, 1, ActionEventType.OPENED));
        }
      }
    }
    List<String> ids = new ArrayList<>();
    for (Path file : RotatedFiles.newestFirst(path())) {
      assertThat(Files.size(file)).isLessThanOrEqualTo(5_000);
      for (String line : Files.readAllLines(file)) {
        ids.add(JSON.readTree(line).get("id").asText());
      }
    }
    assertThat(ids).hasSize(50).doesNotHaveDuplicates();
  }

  @Test
  void deletesTheOldestFilesBeyondTheNumberToKeep() throws Exception {
    try (Sink sink = open(Map.of("jsonlines.rotate-bytes", "3000", "jsonlines.keep-files", "2"))) {
      for (int i = 0; i < 20; i++) {
        deliver(sink, Samples.event("item-" + i, 1, 1, ActionEventType.OPENED));
      }
    }
    assertThat(RotatedFiles.newestFirst(path())).hasSize(3);
    assertThat(Files.exists(directory.resolve("events.jsonl.000001"))).isFalse();
  }

  @Test
  void refusesAFileThatAnotherSinkWrites() {
    try (Sink first = open(Map.of())) {
      assertThatThrownBy(() -> open(Map.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("sinks.file.jsonlines.path")
          .hasMessageContaining("another sink or process writes");
    }
  }

  @Test
  void saysWhichKeyIsMissing() {
    assertThatThrownBy(
            () ->
                JsonLinesSink.TYPE
                    .factory()
                    .open(Defaults.sink("jsonlines", Map.of()), environment()))
        .hasMessage("sinks.file.jsonlines.path is missing: name the file to append to");
  }

  @Test
  void leavesLinesThatAreNotOursAlone() throws Exception {
    Files.writeString(path(), "# by hand\n{\"other\": [1, {\"id\": 2}], \"id\": \"x\"}\n");
    try (Sink sink = open(Map.of())) {
      deliver(sink, Samples.event("a", 1, 1, ActionEventType.OPENED));
    }
    assertThat(received()).startsWith("# by hand\n{\"other\"");
    assertThat(LineTail.lastIds(List.of(path()), 10))
        .containsExactly("x", Samples.event("a", 1, 1, ActionEventType.OPENED).getId());
  }

  @Test
  void remembersNoMoreThanItHasTo() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      lines.append("{\"id\":\"e").append(i).append("\"}\n");
    }
    Files.writeString(path(), lines, StandardOpenOption.CREATE);
    assertThat(LineTail.lastIds(List.of(path()), 4_000))
        .hasSize(4_000)
        .startsWith("e6000")
        .endsWith("e9999");
  }

  @Test
  void anInterruptedWriteIsTakenBackAndTriedAgain() throws Exception {
    try (Sink sink = open(Map.of())) {
      deliver(sink, Samples.event("a", 1, 1, ActionEventType.OPENED));
      Thread.currentThread().interrupt();
      String outcome = deliver(sink, Samples.event("b", 1, 1, ActionEventType.OPENED)).outcome();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(outcome).isEqualTo("retry");
      assertThat(deliver(sink, Samples.event("b", 1, 1, ActionEventType.OPENED)).outcome())
          .isEqualTo("delivered");
    }
    assertThat(Files.readAllLines(path())).hasSize(2);
  }

  private Path path() {
    return directory.resolve("events.jsonl");
  }

  private static SinkEnvironment environment() {
    return new SinkEnvironment("file", Clock.systemUTC(), System.out, false);
  }

  private Sink open(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("jsonlines.path", path().toString());
    return JsonLinesSink.TYPE.factory().open(Defaults.sink("jsonlines", all), environment());
  }
}
