package dev.sluice.streams.rules.support;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * Tables and paragraphs of a Markdown document as plain text, with their lines.
 *
 * @param commented lines of tables that are inside HTML comments, so nobody sees them
 */
record MarkdownTables(List<RawTable> tables, List<Prose> prose, List<Integer> commented) {

  /** A paragraph or heading. */
  record Prose(int line, String heading, String text) {}

  private static final Pattern HTML_ROW =
      Pattern.compile("(?is)<tr\\b[^>]*>(.*?)(?=</tr>|<tr\\b|</table>|$)");
  private static final Pattern HTML_CELL =
      Pattern.compile("(?is)<t([hd])\\b[^>]*>(.*?)(?=</t[hd]>|<t[hd]\\b|$)");
  private static final Pattern HTML_IMAGE = Pattern.compile("(?is)<img\\b[^>]*>");
  private static final Pattern ALT = Pattern.compile("(?is)\\balt\\s*=\\s*[\"']([^\"']*)[\"']");
  private static final Pattern SRC = Pattern.compile("(?is)\\bsrc\\s*=\\s*[\"']([^\"']*)[\"']");
  private static final Pattern TAG = Pattern.compile("(?s)<[^>]*>");
  private static final Pattern YES_IMAGE =
      Pattern.compile("(?i)\\b(?:check(?:ed|mark)?|tick|yes|green|ok|done)\\b|white.check");
  private static final Pattern NO_IMAGE =
      Pattern.compile("(?i)\\b(?:cross(?:mark)?|no|red|x|wrong|cancel|fail(?:ed)?)\\b");

  static MarkdownTables read(String markdown) {
    Parser parser =
        Parser.builder()
            .extensions(List.of(TablesExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.BLOCKS)
            .build();
    Collector collector = new Collector();
    parser.parse(markdown).accept(collector);
    return new MarkdownTables(collector.tables, collector.prose, collector.commented);
  }

  private static final class Collector extends AbstractVisitor {
    private final List<RawTable> tables = new ArrayList<>();
    private final List<Prose> prose = new ArrayList<>();
    private final List<Integer> commented = new ArrayList<>();
    private String heading = "";

    @Override
    public void visit(Heading node) {
      heading = text(node);
    }

    @Override
    public void visit(Paragraph node) {
      prose.add(new Prose(line(node), heading, text(node)));
    }

    @Override
    public void visit(HtmlBlock node) {
      String html = node.getLiteral();
      if (html.stripLeading().startsWith("<!--")) {
        if (html.contains("|") && html.toLowerCase(Locale.ROOT).contains("version")) {
          commented.add(line(node));
        }
      } else if (html.toLowerCase(Locale.ROOT).contains("<tr")) {
        htmlTable(line(node), html);
      }
    }

    @Override
    public void visit(CustomBlock node) {
      if (!(node instanceof TableBlock)) {
        visitChildren(node);
        return;
      }
      List<String> headers = new ArrayList<>();
      List<RawTable.Row> rows = new ArrayList<>();
      for (Node part = node.getFirstChild(); part != null; part = part.getNext()) {
        for (Node row = part.getFirstChild(); row != null; row = row.getNext()) {
          if (row instanceof TableRow) {
            List<String> cells = cells(row);
            if (part instanceof TableHead) {
              headers.addAll(cells);
            } else {
              rows.add(new RawTable.Row(line(row), cells));
            }
          }
        }
      }
      tables.add(new RawTable(line(node), heading, headers, rows));
    }

    private static List<String> cells(Node row) {
      List<String> cells = new ArrayList<>();
      for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
        if (cell instanceof TableCell) {
          cells.add(text(cell));
        }
      }
      return cells;
    }

    private void htmlTable(int line, String html) {
      List<String> headers = new ArrayList<>();
      List<RawTable.Row> rows = new ArrayList<>();
      Matcher row = HTML_ROW.matcher(html);
      while (row.find()) {
        List<String> cells = new ArrayList<>();
        boolean header = false;
        Matcher cell = HTML_CELL.matcher(row.group(1));
        while (cell.find()) {
          header |= cell.group(1).equalsIgnoreCase("h");
          cells.add(htmlText(cell.group(2)));
        }
        if (cells.isEmpty()) {
          continue;
        }
        if (header && headers.isEmpty() && rows.isEmpty()) {
          headers.addAll(cells);
        } else {
          int at =
              line + (int) html.substring(0, row.start()).chars().filter(c -> c == '\n').count();
          rows.add(new RawTable.Row(at, cells));
        }
      }
      if (!rows.isEmpty()) {
        tables.add(new RawTable(line, heading, headers, rows));
      }
    }
  }

  private static int line(Node node) {
    return node.getSourceSpans().isEmpty() ? 0 : node.getSourceSpans().get(0).getLineIndex() + 1;
  }

  /** Text of a node as a person sees it; an image is its alternative text, else its file's name. */
  static String text(Node node) {
    StringBuilder text = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text t) {
            text.append(t.getLiteral());
          }

          @Override
          public void visit(Code c) {
            text.append(c.getLiteral());
          }

          @Override
          public void visit(SoftLineBreak b) {
            text.append(' ');
          }

          @Override
          public void visit(HardLineBreak b) {
            text.append(' ');
          }

          @Override
          public void visit(HtmlInline html) {
            text.append(htmlText(html.getLiteral()));
          }

          @Override
          public void visit(Image image) {
            text.append(' ')
                .append(image(alternative(image), image.getTitle(), image.getDestination()))
                .append(' ');
          }
        });
    return text.toString().replaceAll("\\s+", " ").strip();
  }

  private static String alternative(Image image) {
    StringBuilder text = new StringBuilder();
    for (Node child = image.getFirstChild(); child != null; child = child.getNext()) {
      text.append(child instanceof Text t ? t.getLiteral() : "");
    }
    return text.toString();
  }

  private static String image(String alternative, String title, String address) {
    for (String candidate : new String[] {alternative, title, fileName(address)}) {
      if (candidate != null && !candidate.isBlank()) {
        String words = candidate.replaceAll("[^\\p{L}\\p{N}\\p{So}:+]+", " ").strip();
        if (NO_IMAGE.matcher(words).find()) {
          return ":x:";
        }
        return YES_IMAGE.matcher(words).find() ? ":white_check_mark:" : words;
      }
    }
    return "?";
  }

  private static String fileName(String address) {
    String path = address == null ? "" : address.replaceAll("[?#].*$", "");
    return path.substring(path.lastIndexOf('/') + 1).replaceAll("\\.[A-Za-z]{2,4}$", "");
  }

  private static String htmlText(String html) {
    Matcher image = HTML_IMAGE.matcher(html);
    String withImages =
        image.replaceAll(
            m ->
                Matcher.quoteReplacement(
                    " " + image(group(ALT, m.group()), "", group(SRC, m.group())) + " "));
    return unescape(TAG.matcher(withImages).replaceAll(" ")).replaceAll("\\s+", " ").strip();
  }

  private static String group(Pattern pattern, String text) {
    Matcher m = pattern.matcher(text);
    return m.find() ? m.group(1) : "";
  }

  private static String unescape(String text) {
    Matcher numeric = Pattern.compile("&#(\\d{1,6});").matcher(text);
    return numeric
        .replaceAll(m -> Matcher.quoteReplacement(character(Integer.parseInt(m.group(1)))))
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", " ")
        .replace("&check;", "✔")
        .replace("&cross;", "✖")
        .replace("&amp;", "&");
  }

  private static String character(int codePoint) {
    return Character.isValidCodePoint(codePoint) ? Character.toString(codePoint) : " ";
  }
}
