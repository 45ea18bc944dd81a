package dev.sluice.producers.format.helm;

import dev.sluice.events.Deployment;
import dev.sluice.events.FindingKind;
import dev.sluice.events.ScannerState;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.json.JsonCursor;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.UnreadableReportException;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One release. Values, hooks and notes are not read, and of the manifest nothing but images and the
 * label that names the chart: secrets are in all of them.
 */
final class HelmRelease {
  /** What every observation of a release goes by: the release itself is in the deployment. */
  static final String ID = "helm-release";

  /** {@code helm list} joins the chart's name and its version, which is a semantic version. */
  private static final Pattern CHART_AND_VERSION =
      Pattern.compile("(.{1,200}?)-(v?\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}(?:[-+].{1,100})?)");

  private final Redactor redactor;
  private final ObservationDraft draft;
  private String name;
  private String namespace;
  private String status = "";
  private String chart;
  private String chartVersion;
  private String appVersion;
  private HelmManifest manifest;

  HelmRelease(Redactor redactor, ObservationDraft draft) {
    this.redactor = redactor;
    this.draft = draft;
    this.manifest = new HelmManifest("", redactor);
  }

  void read(JsonCursor json) throws IOException, UnreadableReportException {
    draft.kind(FindingKind.DEPLOYMENT);
    json.object(field -> field(json, field));
    if (name == null || name.isBlank()) {
      return;
    }
    settleChart();
    String full = namespace == null || namespace.isBlank() ? name : namespace + "/" + name;
    draft.nativeId(ID);
    draft.title(
        "Release "
            + full
            + (chart == null ? "" : " of chart " + chart)
            + (chartVersion == null ? "" : " " + chartVersion));
    draft.deployment(new Deployment(full, chart, chartVersion, appVersion, manifest.images()));
    if (status.equals("uninstalled") || status.equals("superseded")) {
      draft.state(ScannerState.FIXED, status);
    }
    draft.property("status", status);
    draft.place(full);
  }

  /** The chart's name and version, which not every command writes apart, or at all. */
  private void settleChart() {
    String joined = chart == null || chart.isBlank() ? manifest.chart() : chart;
    if (chartVersion == null && joined != null) {
      Matcher parts = CHART_AND_VERSION.matcher(joined);
      if (parts.matches()) {
        chartVersion = parts.group(2);
        joined = parts.group(1);
      }
    }
    chart = joined;
  }

  private void field(JsonCursor json, String field) throws IOException, UnreadableReportException {
    switch (field) {
      case "name" -> name = json.text();
      case "namespace" -> namespace = json.text();
      case "revision" -> draft.property("revision", json.scalar());
      case "status" -> status(json.text());
      case "updated", "deployedAt" -> draft.property("deployedAt", json.text());
      case "app_version", "appVersion" -> appVersion = json.text();
      case "version" -> {
        // A release's version is a number, its revision; a chart's is a text.
        if (json.isText()) {
          chartVersion = json.text();
        } else {
          draft.property("revision", json.scalar());
        }
      }
      case "chart" -> {
        if (json.isText()) {
          chart = json.text();
        } else {
          json.object(
              part -> {
                if (part.equals("metadata")) {
                  json.object(each -> metadata(json, each));
                }
              });
        }
      }
      case "info" ->
          json.object(
              part -> {
                switch (part) {
                  case "status" -> status(json.text());
                  case "last_deployed" -> draft.property("deployedAt", json.text());
                  default -> {}
                }
              });
      case "manifest" -> {
        String text = json.text();
        manifest = new HelmManifest(text == null ? "" : text, redactor);
      }
      default -> {}
    }
  }

  private void metadata(JsonCursor json, String field) throws IOException {
    switch (field) {
      case "name" -> chart = json.text();
      case "version" -> chartVersion = json.text();
      case "appVersion" -> appVersion = json.text();
      default -> {}
    }
  }

  private void status(String word) {
    status = word == null ? "" : word;
  }
}
