package dev.sluice.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void alignsColumns() {
    assertThat(printed(new TextTable("name", "n").right(1).row("a", 5).row("longer", 10)))
        .isEqualTo("  name     n\n  a        5\n  longer  10\n");
  }

  @Test
  void neverPassesControlCharactersToATerminal() {
    assertThat(printed(new TextTable("x").row("a\u001b[31mb\nc\u202ed")))
        .isEqualTo("  x\n  a [31mb c d\n");
  }

  private static String printed(TextTable table) {
    var bytes = new ByteArrayOutputStream();
    table.print(new PrintStream(bytes, true, StandardCharsets.UTF_8), "  ");
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
