package dev.sluice.sinks.database;

import dev.sluice.settings.SecretValue;
import dev.sluice.settings.Setting;
import java.time.Duration;

/** The database that lists and explanations are served from. */
public record DatabaseSettings(
    @Setting(
            doc =
                "JDBC URL, jdbc:postgresql://HOST/NAME or jdbc:h2:file:PATH; empty has none. In one process the default is an H2 file in the data directory; none there turns it off.")
        String url,
    @Setting(doc = "User of the database.") String user,
    @Setting(doc = "Password of the user.") SecretValue password,
    @Setting(
            value = "sluice",
            doc = "Schema of the tables; it is made if the user may do that. Lower-case letters.")
        String schema,
    @Setting(
            value = "false",
            doc =
                "Whether the database is cleared for embargoed records: everybody who reads it is. They go to a schema of their own, named like the other one with _embargoed behind.")
        boolean cleared,
    @Setting(value = "4", doc = "Connections at once, 2 to 64.") int connections,
    @Setting(
            value = "400d",
            doc = "How long events, decisions and verdicts are kept. Findings and items stay.")
        Duration keep) {

  /** What turns the database of the one-process mode off. */
  public static final String NONE = "none";

  public DatabaseSettings {
    url = url == null ? "" : url.strip();
    user = user == null ? "" : user;
    password = password == null ? SecretValue.of("") : password;
    if (!isNone(url) && !url.startsWith("jdbc:postgresql:") && !url.startsWith("jdbc:h2:")) {
      throw new IllegalArgumentException(
          "url must begin with jdbc:postgresql: or jdbc:h2:, or be none");
    }
    if (url.matches("(?i).*[?&;](password|user)=.*") || url.matches("jdbc:[a-z0-9]+://[^/]*@.*")) {
      throw new IllegalArgumentException("url must hold no credentials; use user and password");
    }
    if (schema == null || !schema.matches("[a-z][a-z0-9_]{0,40}")) {
      throw new IllegalArgumentException(
          "schema must have lower-case letters, digits and _, at most 41");
    }
    if (connections < 2 || connections > 64) {
      throw new IllegalArgumentException("connections must be 2 to 64, not " + connections);
    }
    if (keep == null || keep.isNegative() || keep.isZero()) {
      throw new IllegalArgumentException("keep must be more than 0");
    }
  }

  /** Whether there is a database at all. */
  public boolean isSet() {
    return !isNone(url);
  }

  private static boolean isNone(String url) {
    return url.isEmpty() || url.equals(NONE);
  }
}
