package dev.sluice.sinks.slack;

import dev.sluice.sinks.text.Markup;

/**
 * Slack's mrkdwn. {@code &}, {@code <} and {@code >} are written as entities, as Slack's page on
 * formatting text asks: so nothing links, mentions or calls a channel. The signs that format have
 * no escape and are replaced by signs that look alike.
 */
final class SlackMarkup extends Markup {

  @Override
  protected String escape(String words) {
    return entities(words).replace('*', '∗').replace('~', '∼').replace('`', 'ˋ');
  }

  @Override
  protected String first(String words) {
    return escape(words);
  }

  @Override
  protected String heading(String escaped) {
    return strong(escaped);
  }

  @Override
  protected String strong(String escaped) {
    return "*" + escaped + "*";
  }

  @Override
  protected String code(String words) {
    return "`" + entities(words).replace('`', 'ˋ') + "`";
  }

  @Override
  protected String link(String url) {
    return "<" + url.replace("&", "&amp;").replace("|", "%7C") + ">";
  }

  static String entities(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
