package dev.sluice.serde;

import dev.sluice.events.ScanEvent;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * Lets Avro make instances of our generated records. Since 1.12.2 it trusts no class that a schema
 * names unless told to, because a schema may come from anybody; we trust our own events and nothing
 * else.
 */
public final class TrustedEvents {
  private static final String PACKAGE = ScanEvent.class.getPackageName() + ".";

  /** Added to Avro's global predicate once; identity tells whether it is there. */
  private record EventsToo(ClassSecurityPredicate others) implements ClassSecurityPredicate {
    @Override
    public boolean isTrusted(Class<?> type) {
      return type.getName().startsWith(PACKAGE) || others.isTrusted(type);
    }
  }

  private TrustedEvents() {}

  /**
   * Widens Avro's process-wide rule by our package; a second call changes nothing. Serializers,
   * deserializers and {@link AvroSerdes} call it; code that copies records with generated builders
   * and has none of these must call it first.
   */
  public static synchronized void install() {
    ClassSecurityPredicate present = ClassSecurityValidator.getGlobal();
    if (!(present instanceof EventsToo)) {
      ClassSecurityValidator.setGlobal(new EventsToo(present));
    }
  }
}
