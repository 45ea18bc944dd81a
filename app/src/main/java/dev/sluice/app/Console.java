package dev.sluice.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command reads and writes: results to {@code out}, everything else to {@code err}.
 *
 * @param in standard input
 * @param out standard output, UTF-8
 * @param err standard error, UTF-8
 */
public record Console(InputStream in, PrintStream out, PrintStream err) {
  /** The three streams of this process, in UTF-8 whatever the locale says. */
  public static Console ofProcess() {
    return new Console(System.in, utf8(new FileOutputStream(FileDescriptor.out)), utf8(System.err));
  }

  /**
   * Whether somebody watches: input and output of this process are a terminal. From Java 22 on
   * there is a console without one too, and only a newer method tells.
   */
  public static boolean isTerminal() {
    java.io.Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true; // before Java 22 a console is a terminal
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  private static PrintStream utf8(java.io.OutputStream out) {
    return new PrintStream(out, true, StandardCharsets.UTF_8);
  }
}
