package dev.sluice.sinks.ticket;

import java.util.List;
import java.util.Objects;

/** Text of a ticket or a comment before it is written in a tracker's markup. */
public record Text(List<Block> blocks) {
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
  }
}
