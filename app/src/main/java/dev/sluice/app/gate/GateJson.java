package dev.sluice.app.gate;

import dev.sluice.app.text.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The answer itself; an array where there are several. */
final class GateJson implements GateFormat.Writer {
  @Override
  public String text(List<GateResult> results, boolean verbose) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Json.print(
        out,
        results.size() == 1
            ? results.get(0).answer()
            : results.stream().map(GateResult::answer).toList());
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
