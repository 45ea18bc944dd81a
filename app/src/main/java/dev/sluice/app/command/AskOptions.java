package dev.sluice.app.command;

import dev.sluice.app.LogSetup;
import dev.sluice.app.client.Answers;
import dev.sluice.app.client.Patience;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a command reaches a gateway that it asks. */
final class AskOptions {
  @Mixin private SettingsOptions settings;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = {
        "Gateway, instead of client.server; without either the one-process mode that runs on"
            + " data-dir."
      })
  private String server;

  Answers open() {
    LogSetup.libraries("ERROR");
    return new Answers(
        settings.with("client.server", server, "--server").loadForOperator().client(),
        Patience.real());
  }
}
