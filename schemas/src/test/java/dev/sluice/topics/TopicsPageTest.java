package dev.sluice.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TopicsPageTest {
  private final Path file = Path.of(System.getProperty("sluice.root"), "docs", "topics.md");

  @Test
  void isUpToDate() throws IOException {
    String page = TopicsPage.write();
    if (Boolean.getBoolean("sluice.refresh")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, page);
    }
    assertThat(Files.exists(file) ? Files.readString(file) : "")
        .as(
            "docs/topics.md is stale: run mvn -pl schemas -am test -Dtest=TopicsPageTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dsluice.refresh=true")
        .isEqualTo(page);
  }

  @Test
  void namesEveryTopicAndItsType() {
    String page = TopicsPage.write();
    for (Topic<?> topic : Topics.all()) {
      assertThat(page)
          .contains("| `" + topic.name() + "` |")
          .contains("\n### " + topic.value().getSimpleName() + "\n");
    }
  }

  @Test
  void keepsToItsWidth() {
    assertThat(TopicsPage.write().lines().filter(line -> !line.contains("mvn ")))
        .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(120));
  }
}
