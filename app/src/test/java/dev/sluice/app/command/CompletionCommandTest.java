package dev.sluice.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {
  @TempDir private Path directory;

  @Test
  void bashCompletesCommands() throws Exception {
    Path script = directory.resolve("sluice.bash");
    Files.writeString(script, Run.of("completion", "bash").out());

    String ask =
        "source \"$0\"; COMP_WORDS=(sluice dead); COMP_CWORD=1; _complete_sluice;"
            + " printf '%s\\n' \"${COMPREPLY[@]}\"";
    Process bash =
        new ProcessBuilder("bash", "-c", ask, script.toString()).redirectErrorStream(true).start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(bash.waitFor()).as(said).isZero();
    assertThat(said.strip()).isEqualTo("dead-letters");
  }

  @Test
  void zshTakesTheScriptOfBash() {
    assertThat(Run.of("completion", "zsh").out()).contains("bashcompinit", "dead-letters");
  }

  @Test
  void fishIsToldCommandsAndOptions() {
    assertThat(Run.of("completion", "fish").out().lines())
        .anyMatch(line -> line.contains("'__fish_use_subcommand' -a tokens -d "))
        .anyMatch(line -> line.contains("'__fish_seen_subcommand_from create' -l expires -r"))
        .allMatch(line -> line.startsWith("complete -c sluice "));
  }

  @Test
  void anotherShellIsRefusedWithWhatIsKnown() {
    Run run = Run.of("completion", "powershell");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("BASH, ZSH, FISH");
  }
}
