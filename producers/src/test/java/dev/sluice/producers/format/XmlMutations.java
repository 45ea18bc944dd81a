package dev.sluice.producers.format;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Copies of an XML document, each with one element changed. For samples without CDATA sections. */
final class XmlMutations {
  private static final Pattern TAG = Pattern.compile("<(/?)([A-Za-z][^\\s/>]*)([^>]*?)(/?)>");

  private XmlMutations() {}

  /** Makes a changed element from its start tag, what is inside, and its end tag. */
  interface Change {
    String element(String start, String inside, String end);
  }

  /** One copy for each element that has an end tag, inner ones first. */
  static List<String> each(String xml, Change change) {
    List<String> copies = new ArrayList<>();
    Deque<int[]> open = new ArrayDeque<>();
    Matcher tag = TAG.matcher(xml);
    while (tag.find()) {
      if (tag.group(1).isEmpty() && tag.group(4).isEmpty()) {
        open.push(new int[] {tag.start(), tag.end()});
      } else if (!tag.group(1).isEmpty()) {
        int[] start = open.pop();
        String element =
            change.element(
                xml.substring(start[0], start[1]),
                xml.substring(start[1], tag.start()),
                tag.group());
        copies.add(xml.substring(0, start[0]) + element + xml.substring(tag.end()));
      }
    }
    return copies;
  }
}
