package dev.sluice.streams.rules.intel;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** All formats of feeds. A new one is one line here. */
public final class IntelFormats {
  /** Characters that {@link IntelFormat#recognises} is shown. */
  public static final int HEAD = 4_096;

  private static final List<IntelFormat> ALL =
      List.of(
          new KevJson(), new KevCsv(), new EpssCsv(), new EpssJson(), new OsvJson(), new NvdJson());

  private IntelFormats() {}

  public static List<IntelFormat> all() {
    return ALL;
  }

  /** The format of an id; empty if there is none. */
  public static Optional<IntelFormat> byId(String id) {
    return ALL.stream().filter(format -> format.id().equals(id)).findFirst();
  }

  /** The one format that claims these first characters; empty if none does. */
  public static Optional<IntelFormat> recognise(String head) {
    String text = head.startsWith("\uFEFF") ? head.substring(1) : head;
    return ALL.stream().filter(format -> format.recognises(text)).findFirst();
  }

  /** The ids that {@code --format} takes, for people. */
  public static String ids() {
    return ALL.stream().map(IntelFormat::id).collect(Collectors.joining(", "));
  }
}
