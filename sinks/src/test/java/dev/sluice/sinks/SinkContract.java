package dev.sluice.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every sink must pass. A sink's test extends this and says how it is opened. */
public abstract class SinkContract {
  private Sink sink;

  /** The kind under test. */
  protected abstract SinkType type();

  /** A sink over a receiver that takes everything. */
  protected abstract Sink open();

  /** What the receiver has got, as text. */
  protected abstract String received();

  @AfterEach
  void closeSink() {
    if (sink != null) {
      sink.close();
    }
  }

  @Test
  final void isRegistered() {
    assertThat(Sinks.all()).contains(type());
    assertThat(type().descriptor().type()).matches("[a-z][a-z0-9]*");
  }

  @Test
  final void isDocumentedWithAnExampleAndWhatOnceMeans() throws Exception {
    Path root = Path.of(System.getProperty("sluice.root", ".."));
    String docs = Files.readString(root.resolve("docs/sinks.md"));
    assertThat(docs)
        .contains("type: " + type().descriptor().type())
        .contains(type().descriptor().once());
  }

  @Test
  final void everyKindOfEventIsDelivered() {
    for (ActionEventType kind : ActionEventType.values()) {
      assertThat(deliver(Samples.event("item-" + kind, 1, 1, kind)).outcome())
          .as(kind.name())
          .isEqualTo("delivered");
    }
  }

  @Test
  final void anItemWithNothingButWhatIsRequiredIsDelivered() {
    ActionItem bare =
        ActionItem.newBuilder()
            .setId("bare")
            .setAsset("a")
            .setKind(dev.sluice.events.ItemKind.UNKNOWN)
            .build();
    ActionEvent event =
        ActionEvent.newBuilder()
            .setId("bare-event")
            .setItemId("bare")
            .setType(ActionEventType.OPENED)
            .setItem(bare)
            .build();
    assertThat(deliver(event).outcome()).isEqualTo("delivered");
  }

  @Test
  final void hostileTextIsDeliveredAndHarmless() {
    String hostile =
        "\u001b[31m\r\nX-Injected: 1\r\n\r\n\u0000\u202e\"}]\ud800 <b>" + "é".repeat(5000);
    ActionItem item =
        Samples.item("hostile")
            .setTitle(hostile)
            .setSummary(hostile)
            .setAsset("h\r\nX-Injected: 1")
            .setTraceparent("00-\r\nX-Injected: 1")
            .build();
    assertThat(deliver(Samples.event(item, ActionEventType.OPENED)).outcome())
        .isEqualTo("delivered");
    assertThat(received()).doesNotContain("\u001b").doesNotContain("\nX-Injected");
  }

  @Test
  final void deliveriesOfSeveralItemsMayComeAtOnce() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Future<Delivery>> results = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        ActionEvent event = Samples.event("par-" + i, 1, 1, ActionEventType.OPENED);
        opened();
        results.add(pool.submit(() -> deliver(opened(), event)));
      }
      for (Future<Delivery> result : results) {
        assertThat(result.get().outcome()).isEqualTo("delivered");
      }
    } finally {
      pool.shutdownNow();
    }
    for (int i = 0; i < 64; i++) {
      assertThat(received()).contains("par-" + i);
    }
  }

  /** The sink of this test, opened when first asked for. */
  protected final synchronized Sink opened() {
    if (sink == null) {
      sink = open();
    }
    return sink;
  }

  protected final Delivery deliver(ActionEvent event) {
    return deliver(opened(), event);
  }

  protected static Delivery deliver(Sink sink, ActionEvent event) {
    SinkContext context =
        new SinkContext(1, event.getId(), "marker", Optional.empty(), Optional.empty(), false);
    try {
      return sink.deliver(event.getItem(), event, context);
    } catch (InterruptedException e) {
      return fail("interrupted");
    }
  }
}
