package dev.sluice.streams.rules.asset;

import dev.sluice.events.Adoption;
import dev.sluice.events.AssetProfile;
import dev.sluice.events.AssetRole;
import dev.sluice.events.AssetUnit;
import dev.sluice.events.ExpectedScan;
import dev.sluice.events.Exposure;
import dev.sluice.events.GateMode;
import dev.sluice.streams.rules.document.DocumentException;
import dev.sluice.streams.rules.document.YamlNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads assets written as YAML; docs/assets.md describes it. Nothing in it is guessed at. */
public final class AssetsDocument {
  private static final List<String> ROOT = List.of("assets");
  private static final List<String> ASSET =
      List.of(
          "asset",
          "owner",
          "product",
          "role",
          "exposure",
          "units",
          "expected",
          "retired-scanners",
          "base-line",
          "adoption",
          "gate",
          "retired");
  private static final List<String> UNIT = List.of("name", "paths", "owner");
  private static final List<String> EXPECTED = List.of("scanner", "scope", "every");
  private static final Pattern EVERY = Pattern.compile("(\\d{1,5})\\s*(h|d|w)");

  private AssetsDocument() {}

  /**
   * Reads a document.
   *
   * @param canonical brings a spelling to the one lasting name; empty if it names no asset
   * @throws DocumentException if it is not such a document; with line, column and remedy
   */
  public static List<AssetProfile> read(
      String document, Function<String, Optional<String>> canonical) {
    YamlNode root = YamlNode.read("the assets", document);
    YamlNode list = root.fields(ROOT).get("assets");
    if (list == null) {
      throw root.wrong("There is no list of assets.", "Write \"assets:\" and a list under it.");
    }
    Set<String> seen = new HashSet<>();
    List<AssetProfile> profiles = new ArrayList<>();
    for (YamlNode each : list.items()) {
      AssetProfile profile = profile(each, canonical);
      if (!seen.add(profile.getAsset())) {
        throw each.wrong("\"" + profile.getAsset() + "\" is there twice.", "Keep one.");
      }
      profiles.add(profile);
    }
    return profiles;
  }

  private static AssetProfile profile(YamlNode node, Function<String, Optional<String>> canonical) {
    Map<String, YamlNode> fields = node.fields(ASSET);
    YamlNode asset = fields.get("asset");
    if (asset == null) {
      throw node.wrong(
          "\"asset\" is missing.", "Write for example \"asset: github.com/acme/ledger\".");
    }
    String name =
        canonical
            .apply(asset.text())
            .orElseThrow(
                () ->
                    asset.wrong(
                        "\"" + asset.text() + "\" names no asset.",
                        "Write an image such as docker.io/acme/pay, or a repository such as"
                            + " github.com/acme/ledger."));
    return AssetProfile.newBuilder()
        .setAsset(name)
        .setOwner(text(fields.get("owner")))
        .setProduct(text(fields.get("product")))
        .setRole(word(fields.get("role"), AssetRole.class, AssetRole.UNKNOWN))
        .setExposure(word(fields.get("exposure"), Exposure.class, Exposure.UNKNOWN))
        .setUnits(units(fields.get("units")))
        .setExpected(expected(fields.get("expected")))
        .setRetiredScanners(texts(fields.get("retired-scanners")))
        .setBaseLine(text(fields.get("base-line")))
        .setAdoption(word(fields.get("adoption"), Adoption.class, Adoption.UNKNOWN))
        .setGateMode(word(fields.get("gate"), GateMode.class, GateMode.UNKNOWN))
        .setRetired(fields.containsKey("retired") && fields.get("retired").flag())
        .build();
  }

  private static String text(YamlNode field) {
    return field == null || field.text().isBlank() ? null : field.text().strip();
  }

  private static List<String> texts(YamlNode field) {
    return field == null ? List.of() : field.items().stream().map(YamlNode::text).toList();
  }

  private static <E extends Enum<E>> E word(YamlNode field, Class<E> type, E missing) {
    return field == null ? missing : field.word(type);
  }

  private static List<AssetUnit> units(YamlNode field) {
    List<AssetUnit> units = new ArrayList<>();
    if (field == null) {
      return units;
    }
    for (YamlNode each : field.items()) {
      Map<String, YamlNode> fields = each.fields(UNIT);
      YamlNode name = fields.get("name");
      if (name == null || name.text().isBlank()) {
        throw each.wrong("\"name\" is missing.", "Write for example \"name: services/pay\".");
      }
      if (units.stream().anyMatch(unit -> unit.getName().equals(name.text()))) {
        throw name.wrong("\"" + name.text() + "\" is there twice.", "Keep one.");
      }
      List<String> paths = new ArrayList<>();
      if (fields.containsKey("paths")) {
        fields.get("paths").items().forEach(path -> paths.add(path.text()));
      }
      units.add(
          AssetUnit.newBuilder()
              .setName(name.text())
              .setPaths(paths)
              .setOwner(text(fields.get("owner")))
              .build());
    }
    return units;
  }

  private static List<ExpectedScan> expected(YamlNode field) {
    List<ExpectedScan> expected = new ArrayList<>();
    if (field == null) {
      return expected;
    }
    for (YamlNode each : field.items()) {
      Map<String, YamlNode> fields = each.fields(EXPECTED);
      YamlNode scanner = fields.get("scanner");
      YamlNode every = fields.get("every");
      if (scanner == null || every == null) {
        throw each.wrong(
            "An expected scan has a scanner and a longest time between two scans.",
            "Write for example \"{scanner: trivy, every: 7d}\".");
      }
      expected.add(
          ExpectedScan.newBuilder()
              .setScanner(scanner.text())
              .setScope(text(fields.get("scope")))
              .setCadenceHours(hours(every))
              .build());
    }
    return expected;
  }

  private static int hours(YamlNode every) {
    Matcher written = EVERY.matcher(every.text().strip());
    if (!written.matches()) {
      throw every.wrong(
          "\"" + every.text() + "\" is no length of time.", "Write for example 24h, 7d or 4w.");
    }
    int number = Integer.parseInt(written.group(1));
    int hours =
        switch (written.group(2)) {
          case "h" -> number;
          case "d" -> number * 24;
          default -> number * 24 * 7;
        };
    if (hours < 1 || hours > 24 * 366) {
      throw every.wrong("\"" + every.text() + "\" is not between 1h and 366d.", "Write another.");
    }
    return hours;
  }
}
