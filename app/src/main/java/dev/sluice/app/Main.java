package dev.sluice.app;

import dev.sluice.app.command.SluiceCommand;

/** Where the process starts and ends. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(SluiceCommand.run(Console.ofProcess(), arguments));
  }
}
