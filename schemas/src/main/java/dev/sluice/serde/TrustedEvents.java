package dev.sluice.serde;

import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes.LogicalTypeFactory;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * Lets Avro make instances of our generated records. Since 1.12.2 it trusts no class that a schema
 * names unless told to, because a schema may come from anybody; we trust the records and enums that
 * are generated from our own schemas and nothing else, our other classes included.
 */
public final class TrustedEvents {
  private static final String PACKAGE = "dev.sluice.";

  /** Added to Avro's global predicate once; identity tells whether it is there. */
  private record EventsToo(ClassSecurityPredicate others) implements ClassSecurityPredicate {
    @Override
    public boolean isTrusted(Class<?> type) {
      return isGenerated(type) || others.isTrusted(type);
    }

    private static boolean isGenerated(Class<?> type) {
      return type.getName().startsWith(PACKAGE)
          && (SpecificRecord.class.isAssignableFrom(type)
              || GenericEnumSymbol.class.isAssignableFrom(type));
    }
  }

  private TrustedEvents() {}

  /**
   * Widens Avro's process-wide rule by our records; a second call changes nothing. It is called
   * through {@link Hook}; serializers and deserializers call it again, for class loaders where that
   * does not reach.
   */
  public static synchronized void install() {
    ClassSecurityPredicate present = ClassSecurityValidator.getGlobal();
    if (!(present instanceof EventsToo)) {
      ClassSecurityValidator.setGlobal(new EventsToo(present));
    }
  }

  /**
   * Calls {@link #install} before the first schema is parsed, and so before any generated class can
   * be used: even a builder looks up enums by name to fill in their defaults. Avro has no hook for
   * it, but loads logical types of other libraries then (META-INF/services). The logical type that
   * this one brings is used by no schema.
   */
  public static final class Hook implements LogicalTypeFactory {
    public Hook() {
      install();
    }

    @Override
    public String getTypeName() {
      return "sluice-none";
    }

    @Override
    public LogicalType fromSchema(Schema schema) {
      return null;
    }
  }
}
