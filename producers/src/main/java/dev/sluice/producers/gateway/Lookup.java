package dev.sluice.producers.gateway;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers questions about what has become of reports, from wherever the process has the answers.
 * Set with {@link Gateway#answerWith}; the gateway itself decides who may ask.
 */
@FunctionalInterface
public interface Lookup {

  /**
   * Answers as JSON.
   *
   * @return empty if there is nothing of that name that the caller may see
   * @throws IllegalArgumentException if a parameter cannot be used; its message is for the caller
   * @throws AwayException if there is no answer now
   */
  Optional<byte[]> answer(Question question);

  /** What is asked for. */
  enum Subject {
    FINDINGS,
    ITEMS,
    EXPLANATION,
    SCAN,
    /** Verdicts on scans of {@code asset}, of {@code version} if that is given; newest first. */
    SCANS,
    /** Findings of {@code asset} that are not resolved, or those of {@code ids}; worst first. */
    STANDING
  }

  /**
   * A question of a caller who may ask it.
   *
   * @param subject what is asked for
   * @param id of which one; empty for lists
   * @param parameters of the query, each with its last value
   * @param assets prefixes of the assets that the caller may see; {@code *} is every one
   */
  record Question(Subject subject, String id, Map<String, String> parameters, List<String> assets) {
    public Question {
      parameters = Map.copyOf(parameters);
      assets = List.copyOf(assets);
    }
  }

  /** There is no answer now; the message says why and, where waiting does not help, what to do. */
  final class AwayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AwayException(String message) {
      super(message, null, false, false);
    }
  }
}
