package dev.sluice.embedded.junit;

import dev.sluice.embedded.OneMachine;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives test classes and methods a {@link OneMachine} that all tests of the JVM share. Tests must
 * therefore use topics and groups of their own, for example by {@link #unique}.
 *
 * <pre>{@code
 * @ExtendWith(SharedKafka.class)
 * final class SomethingIT {
 *   @Test
 *   void works(OneMachine kafka) { ... kafka.bootstrapServers() ... kafka.registryUrl() ... }
 * }
 * }</pre>
 *
 * It starts when the first test asks, and stops when the JVM ends.
 */
public final class SharedKafka implements ParameterResolver {
  private static final AtomicLong NUMBERS = new AtomicLong();

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == OneMachine.class;
  }

  @Override
  public OneMachine resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return get();
  }

  /** The shared one, for tests that cannot take a parameter. */
  public static OneMachine get() {
    return Holder.INSTANCE;
  }

  /** A name that no other test of this JVM uses, for topics, groups and transactional ids. */
  public static String unique(String name) {
    return name + "-" + NUMBERS.incrementAndGet();
  }

  /** Static on purpose: starting takes seconds, and hundreds of test classes share one. */
  private static final class Holder {
    private static final OneMachine INSTANCE = start();

    private static OneMachine start() {
      OneMachine machine = OneMachine.temporary();
      Runtime.getRuntime().addShutdownHook(new Thread(machine::close, "stop-shared-kafka"));
      return machine;
    }
  }
}
