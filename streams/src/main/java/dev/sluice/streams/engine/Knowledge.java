package dev.sluice.streams.engine;

import dev.sluice.events.SupportMatrix;
import dev.sluice.events.Suppression;
import dev.sluice.streams.rules.policy.CompiledPolicy;
import java.time.LocalDate;
import java.util.Collection;

/** Reference data at the revision that the partition has been told of. */
public interface Knowledge {
  CompiledPolicy policy();

  /** The support matrix of a product, or null if there is none. */
  SupportMatrix matrix(String product);

  /** What catalogues say about a vulnerability under any of its ids. */
  Exploited exploited(Collection<String> ids);

  /**
   * Every suppression about any of these subjects.
   *
   * @param subjects ids of vulnerabilities and of findings
   */
  Collection<Suppression> suppressions(Collection<String> subjects);

  /**
   * Whether a vulnerability is exploited.
   *
   * @param due date by which the catalogue wants it fixed, or null
   * @param epss probability of exploitation, or null
   */
  record Exploited(boolean known, LocalDate due, Double epss) {
    static final Exploited NO = new Exploited(false, null, null);
  }
}
