package dev.sluice.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningMachineTest {

  @TempDir private Path directory;

  private RunningMachine machine(long process) {
    return new RunningMachine(
        "127.0.0.1:1", "acme.", 4, "http://127.0.0.1:2", "http://127.0.0.1:3", process);
  }

  @Test
  void findsTheOneThatRuns() {
    RunningMachine mine = machine(ProcessHandle.current().pid());

    mine.leaveAt(new DataDirectory(directory));

    assertThat(RunningMachine.at(directory)).contains(mine);
  }

  @Test
  void ignoresTheNoteOfAProcessThatDied() {
    machine(Long.MAX_VALUE).leaveAt(new DataDirectory(directory));

    assertThat(RunningMachine.at(directory)).isEmpty();
  }

  @Test
  void findsNothingWhereNothingOrRubbishIs() throws Exception {
    assertThat(RunningMachine.at(directory)).isEmpty();

    Files.writeString(directory.resolve("running.properties"), "process=many\n");

    assertThat(RunningMachine.at(directory)).isEmpty();
  }
}
