package dev.sluice.sinks;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What became of one attempt to deliver. */
public sealed interface Delivery {

  /** Hands this outcome to whoever keeps the books. */
  void settle(Settlement books);

  /** One word for metrics and logs: delivered, retry, rejected or gone. */
  String outcome();

  /** The receiver has it. */
  static Delivery delivered() {
    return new Delivered(Receipt.NONE);
  }

  /** The receiver has it, under a key and link of its own. */
  static Delivery delivered(String key, String url) {
    return new Delivered(new Receipt(Optional.ofNullable(key), Optional.ofNullable(url)));
  }

  /** Try again, when the runner thinks fit. */
  static Delivery retry(String reason) {
    return new Retry(Optional.empty(), reason);
  }

  /** Try again; the receiver asked for no further request of any item for this long. */
  static Delivery retry(Duration after, String reason) {
    return new Retry(Optional.of(after), reason);
  }

  /** The receiver will never take this one: it goes to the dead letters. */
  static Delivery rejected(String reason) {
    return new Rejected(reason, false);
  }

  /** The receiver is gone for good: the sink stops, and what waits stays in the topic. */
  static Delivery gone(String reason) {
    return new Rejected(reason, true);
  }

  /** The books in which an outcome is entered. */
  interface Settlement {
    void delivered(Receipt receipt);

    void retry(Optional<Duration> after, String reason);

    void rejected(String reason);

    void gone(String reason);
  }

  /**
   * How the receiver calls it.
   *
   * @param key its own key, for example {@code SEC-17}
   * @param url where a person finds it
   */
  record Receipt(Optional<String> key, Optional<String> url) {
    static final Receipt NONE = new Receipt(Optional.empty(), Optional.empty());
  }

  /** Taken. */
  record Delivered(Receipt receipt) implements Delivery {
    public Delivered {
      Objects.requireNonNull(receipt, "receipt");
    }

    @Override
    public void settle(Settlement books) {
      books.delivered(receipt);
    }

    @Override
    public String outcome() {
      return "delivered";
    }
  }

  /**
   * Not now.
   *
   * @param after what the receiver asked for; it holds the whole sink
   * @param reason one sentence, without payload or credentials
   */
  record Retry(Optional<Duration> after, String reason) implements Delivery {
    public Retry {
      Objects.requireNonNull(after, "after");
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public void settle(Settlement books) {
      books.retry(after, reason);
    }

    @Override
    public String outcome() {
      return "retry";
    }
  }

  /**
   * Never.
   *
   * @param reason one sentence, without payload or credentials
   * @param disables whether the receiver wants nothing any more
   */
  record Rejected(String reason, boolean disables) implements Delivery {
    public Rejected {
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public void settle(Settlement books) {
      if (disables) {
        books.gone(reason);
      } else {
        books.rejected(reason);
      }
    }

    @Override
    public String outcome() {
      return disables ? "gone" : "rejected";
    }
  }
}
