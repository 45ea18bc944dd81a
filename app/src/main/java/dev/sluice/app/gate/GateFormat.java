package dev.sluice.app.gate;

import java.util.List;

/** The forms in which the gate answers. */
public enum GateFormat {
  TABLE(new GateTable()),
  MARKDOWN(new GateMarkdown()),
  SARIF(new GateSarif()),
  JUNIT(new GateJunit()),
  JSON(new GateJson());

  private final Writer writer;

  GateFormat(Writer writer) {
    this.writer = writer;
  }

  /** One form. What scanners say is made safe for whoever reads it. */
  interface Writer {
    String text(List<GateResult> results, boolean verbose);
  }

  /**
   * The whole text, with a line break at its end.
   *
   * @param results one for each asset
   * @param verbose whether withheld findings are listed, where they are known
   */
  public String text(List<GateResult> results, boolean verbose) {
    return writer.text(results, verbose);
  }
}
