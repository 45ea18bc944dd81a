package dev.sluice.streams.rules.suppression;

import dev.sluice.events.FindingKind;
import dev.sluice.streams.rules.document.YamlNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code .trivyignore.yaml}: entries by sort of finding, narrowed to paths and packages. */
final class TrivyIgnoreYaml {
  private static final String SECRETS = "secrets";
  private static final Map<String, FindingKind> SECTIONS =
      Map.of(
          "vulnerabilities",
          FindingKind.VULNERABLE_PACKAGE,
          "misconfigurations",
          FindingKind.MISCONFIGURATION,
          SECRETS,
          FindingKind.SECRET,
          "licenses",
          FindingKind.LICENCE);
  private static final List<String> NAMES =
      List.of("vulnerabilities", "misconfigurations", SECRETS, "licenses");
  private static final List<String> FIELDS =
      List.of("id", "paths", "purls", "expired_at", "statement");

  private final List<Ignored> ignored = new ArrayList<>();
  private final List<IgnoreFile.LeftOut> left = new ArrayList<>();

  IgnoreFile read(String document) {
    YamlNode.read("the ignore file", document)
        .fields(NAMES)
        .forEach(
            (section, entries) -> {
              if (!entries.isEmpty()) {
                entries.items().forEach(each -> entry(SECTIONS.get(section), each));
              }
            });
    return new IgnoreFile(ignored, left);
  }

  private void entry(FindingKind kind, YamlNode entry) {
    int line = entry.line();
    Map<String, YamlNode> fields = entry.fields(FIELDS);
    String id = text(fields.get("id"));
    if (!IgnoredIds.isId(kind, id)) {
      leave(line, id.isEmpty() ? "there is no id" : "\"" + id + "\" is no id of such a thing");
      return;
    }
    if (kind == FindingKind.SECRET) {
      leave(line, id + ": the risk of a secret cannot be accepted; revoke it");
      return;
    }
    List<String> paths = texts(fields.get("paths"));
    List<String> purls = texts(fields.get("purls"));
    if (!purls.isEmpty() && kind != FindingKind.VULNERABLE_PACKAGE) {
      leave(line, id + ": purls narrow vulnerabilities only");
      return;
    }
    List<String> globs = paths.stream().filter(each -> PathGlob.read(each).isPresent()).toList();
    List<String> packages = purls.stream().filter(each -> Product.read(each).isSome()).toList();
    List<String> unreadable = new ArrayList<>(paths);
    unreadable.addAll(purls);
    unreadable.removeAll(globs);
    unreadable.removeAll(packages);
    String end = text(fields.get("expired_at"));
    Optional<Instant> ends = IgnoredIds.time(end);
    if (!end.isEmpty() && ends.isEmpty()) {
      leave(line, id + ": \"" + end + "\" is no day; write expired_at: 2027-03-31");
    } else if (unreadable.isEmpty() || hasOthers(paths, globs) && hasOthers(purls, packages)) {
      unreadable.forEach(each -> leave(line, id + ": \"" + each + "\" can match nothing"));
      String reason = text(fields.get("statement"));
      ignored.add(new Ignored(line, kind, id, globs, packages, ends.orElse(null), reason));
    } else {
      String all = String.join("\", \"", unreadable);
      leave(line, id + ": \"" + all + "\" can match nothing, and nothing else is named");
    }
  }

  /** Without any that can match, an entry would mean everything. */
  private static boolean hasOthers(List<String> written, List<String> usable) {
    return written.isEmpty() || !usable.isEmpty();
  }

  private static String text(YamlNode node) {
    return node == null || node.isEmpty() ? "" : node.text().strip();
  }

  private static List<String> texts(YamlNode node) {
    return node == null || node.isEmpty()
        ? List.of()
        : node.items().stream().map(TrivyIgnoreYaml::text).distinct().toList();
  }

  private void leave(int line, String why) {
    left.add(new IgnoreFile.LeftOut(line, why));
  }
}
