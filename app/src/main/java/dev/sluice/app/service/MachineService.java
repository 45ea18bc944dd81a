package dev.sluice.app.service;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.ExitCode;
import dev.sluice.embedded.OneMachine;
import dev.sluice.embedded.broker.BrokerOptions;
import dev.sluice.embedded.broker.EmbeddedBrokerException;
import java.nio.file.Path;
import java.util.Optional;

/** Kafka and the registry inside this process. */
public final class MachineService implements Service {
  private final OneMachine machine;

  private MachineService(OneMachine machine) {
    this.machine = machine;
  }

  /**
   * Starts both on loopback.
   *
   * @param brokerPort 0 takes a free one
   * @param registryPort 0 takes a free one
   * @throws CommandFailure if the directory is in use, or a port is taken
   */
  public static MachineService persistent(Path directory, int brokerPort, int registryPort) {
    try {
      return new MachineService(
          OneMachine.start(
              BrokerOptions.persistent(directory).withPort(brokerPort),
              options -> options.withPort(registryPort)));
    } catch (EmbeddedBrokerException e) {
      throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
    }
  }

  public OneMachine machine() {
    return machine;
  }

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public boolean isReady() {
    return machine.failure().isEmpty();
  }

  @Override
  public Optional<String> failure() {
    return machine.failure();
  }

  @Override
  public void close() {
    machine.close();
  }
}
