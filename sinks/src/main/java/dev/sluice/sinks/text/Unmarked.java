package dev.sluice.sinks.text;

/** No markup: what is written is what is read, as on a terminal and in plain mail. */
public final class Unmarked extends Markup {

  @Override
  protected String escape(String words) {
    return words;
  }

  @Override
  protected String first(String words) {
    return words;
  }

  @Override
  protected String heading(String escaped) {
    return escaped;
  }

  @Override
  protected String strong(String escaped) {
    return escaped;
  }

  @Override
  protected String code(String words) {
    return words;
  }

  @Override
  protected String link(String url) {
    return url;
  }
}
