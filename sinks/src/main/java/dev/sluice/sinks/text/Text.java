package dev.sluice.sinks.text;

import dev.sluice.sinks.PlainText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Text of a ticket, a comment or a message before it is written in the receiver's markup. */
public record Text(List<Block> blocks) {
  private static final int MAX_URL = 300;

  public Text {
    blocks = List.copyOf(blocks);
  }

  /** One paragraph. */
  public static Text of(Inline... inlines) {
    return new Text(List.of(new Paragraph(List.of(inlines))));
  }

  /** A part of a text that stands on lines of its own. */
  public sealed interface Block {}

  /** A heading. */
  public record Heading(String words) implements Block {
    public Heading {
      Objects.requireNonNull(words, "words");
    }
  }

  /** Words in a row. */
  public record Paragraph(List<Inline> inlines) implements Block {
    public Paragraph {
      inlines = List.copyOf(inlines);
    }
  }

  /** A list. */
  public record Bullets(List<List<Inline>> entries) implements Block {
    public Bullets {
      entries = entries.stream().map(List::copyOf).toList();
    }
  }

  /** A part of a line. No words hold a line end. */
  public sealed interface Inline {}

  /** Words that mean nothing but themselves. */
  public record Plain(String words) implements Inline {
    public Plain {
      Objects.requireNonNull(words, "words");
    }

    /**
     * Anybody's words on one line, at most so many characters. Blanks at either end are kept: they
     * part it from its neighbours.
     */
    public static Plain of(String words, int limit) {
      String line = PlainText.line(words, limit);
      String front = words.startsWith(" ") && !line.isEmpty() ? " " : "";
      String back = words.endsWith(" ") && !line.isEmpty() ? " " : "";
      return new Plain(front + line + back);
    }
  }

  /** Words that stand out. */
  public record Strong(String words) implements Inline {
    public Strong {
      Objects.requireNonNull(words, "words");
    }
  }

  /** Names and versions, letter by letter. */
  public record Code(String words) implements Inline {
    public Code {
      Objects.requireNonNull(words, "words");
    }

    /** Anybody's words on one line, at most so many characters. */
    public static Code of(String words, int limit) {
      return new Code(PlainText.line(words, limit));
    }
  }

  /**
   * A link that shows where it leads.
   *
   * @param url absolute, http or https, ASCII without blanks, quotes, brackets and backslashes
   */
  public record Link(String url) implements Inline {
    public Link {
      if (!url.matches("https?://[!#$%&'()*+,\\-./0-9:;=?@A-Z_a-z~]+")) {
        throw new IllegalArgumentException("not an escaped http URL");
      }
    }

    /** A link if it is one: a scanner's text may be anything, {@code javascript:} too. */
    public static Optional<Link> find(String reference) {
      try {
        URI uri = new URI(reference.trim());
        String url = uri.toASCIIString().replace("[", "%5B").replace("]", "%5D");
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean web = scheme.equals("https") || scheme.equals("http");
        if (!web || uri.getHost() == null || uri.getUserInfo() != null || url.length() > MAX_URL) {
          return Optional.empty();
        }
        return Optional.of(new Link(scheme + url.substring(scheme.length())));
      } catch (URISyntaxException | IllegalArgumentException e) {
        return Optional.empty();
      }
    }
  }
}
