package dev.sluice.producers.format.sluice;

import dev.sluice.events.Component;
import dev.sluice.events.Deployment;
import dev.sluice.events.Directness;
import dev.sluice.producers.format.Images;
import dev.sluice.producers.format.Purls;
import dev.sluice.producers.format.TextLimits;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.ArrayList;

/** The {@code package} and the {@code deployment} of a finding. */
final class SluiceParts {
  private final Redactor redactor;

  SluiceParts(Redactor redactor) {
    this.redactor = redactor;
  }

  /** The package; null where it has neither a name nor a purl. */
  Component component(JsonCursor json) throws IOException, UnreadableReportException {
    Component made =
        new Component(
            null,
            "",
            null,
            "",
            null,
            null,
            null,
            null,
            null,
            Directness.UNKNOWN,
            new ArrayList<>(),
            0);
    json.object(field -> component(json, field, made));
    String type = Purls.typeOf(made.getPurl());
    if (made.getEcosystem().isEmpty() && type != null) {
      made.setEcosystem(type);
    }
    if (made.getPurl() == null) {
      String known = made.getEcosystem().isEmpty() ? null : made.getEcosystem();
      made.setPurl(Purls.language(known, made.getName(), made.getVersion()));
    }
    if (made.getName().isBlank() && made.getPurl() != null) {
      made.setName(Purls.nameOf(made.getPurl()));
    }
    return made.getName().isBlank() ? null : made;
  }

  private void component(JsonCursor json, String field, Component made)
      throws IOException, UnreadableReportException {
    switch (field) {
      case "purl" -> made.setPurl(json.text());
      case "name" -> made.setName(orEmpty(json.text()));
      case "version" -> made.setVersion(json.text());
      case "ecosystem" -> made.setEcosystem(orEmpty(json.text()));
      case "sourceName" -> made.setSourceName(json.text());
      case "sourceVersion" -> made.setSourceVersion(json.text());
      case "distro" -> made.setDistro(json.text());
      case "architecture" -> made.setArchitecture(json.text());
      case "layer" -> made.setLayer(json.text());
      case "direct" -> {
        Boolean direct = json.bool();
        made.setDirectness(
            direct == null
                ? Directness.UNKNOWN
                : direct ? Directness.DIRECT : Directness.TRANSITIVE);
      }
      case "places" -> json.array(() -> place(made, json.text()));
      default -> {}
    }
  }

  private static void place(Component made, String place) {
    if (place == null || place.isBlank()) {
      return;
    }
    made.setPlaceCount(made.getPlaceCount() + 1);
    if (made.getPlaces().size() < TextLimits.PLACES) {
      made.getPlaces().add(place);
    }
  }

  /** The deployment; null where it has no name. */
  Deployment deployment(JsonCursor json) throws IOException, UnreadableReportException {
    Deployment made = new Deployment("", null, null, null, new ArrayList<>());
    json.object(
        field -> {
          switch (field) {
            case "name" -> made.setName(orEmpty(json.text()));
            case "chart" -> made.setChart(json.text());
            case "chartVersion" -> made.setChartVersion(json.text());
            case "appVersion" -> made.setAppVersion(json.text());
            case "images" -> json.array(() -> Images.add(made.getImages(), json.text(), redactor));
            default -> {}
          }
        });
    return made.getName().isBlank() ? null : made;
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
