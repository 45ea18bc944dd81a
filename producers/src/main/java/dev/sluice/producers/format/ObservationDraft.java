package dev.sluice.producers.format;

import dev.sluice.events.BaselineState;
import dev.sluice.events.Component;
import dev.sluice.events.Deployment;
import dev.sluice.events.FindingKind;
import dev.sluice.events.FixState;
import dev.sluice.events.ImageReference;
import dev.sluice.events.Location;
import dev.sluice.events.Observation;
import dev.sluice.events.PrivateReport;
import dev.sluice.events.Rating;
import dev.sluice.events.Reachability;
import dev.sluice.events.Resource;
import dev.sluice.events.ScannerState;
import dev.sluice.events.Secret;
import dev.sluice.producers.redact.Redactor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An observation in the making. Whatever goes in comes out redacted and within its limit, and what
 * was cut is named; so no reader has to think of it.
 */
public final class ObservationDraft {
  private final Redactor redactor;
  private final Set<String> cut = new LinkedHashSet<>();
  private final List<String> aliases = new ArrayList<>(2);
  private final List<String> upstream = new ArrayList<>(2);
  private final List<String> related = new ArrayList<>(2);
  private final List<String> deprecatedIds = new ArrayList<>(0);
  private final Map<String, String> fingerprints = new HashMap<>(4);
  private final List<Integer> cwes = new ArrayList<>(2);
  private final List<String> references = new ArrayList<>(TextLimits.REFERENCES);
  private final List<String> fixedVersions = new ArrayList<>(2);
  private final List<Rating> ratings = new ArrayList<>(6);
  private final Map<String, String> properties = new HashMap<>(4);

  private FindingKind kind = FindingKind.UNKNOWN;
  private String nativeId;
  private String title;
  private String description;
  private Component component;
  private FixState fixState = FixState.UNKNOWN;
  private Location location;
  private Secret secret;
  private Resource resource;
  private PrivateReport report;
  private String licence;
  private Deployment deployment;
  private Reachability reachability = Reachability.UNKNOWN;
  private Double epssScore;
  private Double epssPercentile;
  private Boolean kev;
  private ScannerState scannerState = ScannerState.OPEN;
  private String stateReason;
  private BaselineState baselineState = BaselineState.UNKNOWN;
  private String place;
  private String knownSecret;

  public ObservationDraft(Redactor redactor) {
    this.redactor = redactor;
  }

  public ObservationDraft kind(FindingKind value) {
    kind = value;
    return this;
  }

  public ObservationDraft nativeId(String value) {
    nativeId = value;
    return this;
  }

  public String nativeId() {
    return nativeId;
  }

  /** An id that means the same vulnerability. */
  public ObservationDraft alias(String id) {
    return id(aliases, "aliases", id);
  }

  /** An id of which this one is derived or which it covers. */
  public ObservationDraft upstream(String id) {
    return id(upstream, "upstream", id);
  }

  /** An id that has something to do with it. */
  public ObservationDraft related(String id) {
    return id(related, "related", id);
  }

  public ObservationDraft deprecatedId(String id) {
    return id(deprecatedIds, "deprecatedIds", id);
  }

  private ObservationDraft id(List<String> ids, String field, String id) {
    if (id != null && !id.isBlank() && !id.equals(nativeId) && !ids.contains(id)) {
      add(ids, field, TextLimits.cutIdentity(id.strip(), TextLimits.ID), TextLimits.IDS);
    }
    return this;
  }

  public ObservationDraft fingerprint(String name, String value) {
    if (value != null && !value.isBlank()) {
      put(fingerprints, "fingerprints", name, value, TextLimits.FINGERPRINTS, true);
    }
    return this;
  }

  /** A CWE in any spelling: {@code CWE-79}, {@code external/cwe/cwe-079}, {@code 79}. */
  public ObservationDraft cwe(String text) {
    Integer number = Cwes.number(text);
    if (number != null && !cwes.contains(number)) {
      add(cwes, "cwes", number, TextLimits.CWES);
    }
    return this;
  }

  public ObservationDraft title(String value) {
    title = value;
    return this;
  }

  public ObservationDraft description(String value) {
    description = value;
    return this;
  }

  public ObservationDraft reference(String link) {
    if (link != null && !link.isBlank() && !references.contains(link)) {
      if (link.length() > TextLimits.REFERENCE) {
        cut.add("references");
      } else {
        add(references, "references", redactor.redact(link.strip()), TextLimits.REFERENCES);
      }
    }
    return this;
  }

  public ObservationDraft component(Component value) {
    component = value;
    return this;
  }

  public ObservationDraft fixedVersion(String version) {
    if (version != null && !version.isBlank()) {
      add(
          fixedVersions,
          "fixedVersions",
          TextLimits.cut(version.strip(), TextLimits.VERSION),
          TextLimits.VERSIONS);
    }
    return this;
  }

  public ObservationDraft fixState(FixState value) {
    fixState = value;
    return this;
  }

  public boolean hasFix() {
    return !fixedVersions.isEmpty();
  }

  public ObservationDraft location(Location value) {
    location = value;
    return this;
  }

  public ObservationDraft secret(Secret value) {
    secret = value;
    return this;
  }

  /** A value that must not appear in any text of this observation; it is not kept. */
  public ObservationDraft knownSecret(String value) {
    knownSecret = value;
    return this;
  }

  public ObservationDraft resource(Resource value) {
    resource = value;
    return this;
  }

  /** A report that goes under embargo until it says that it is disclosed; texts are redacted. */
  public ObservationDraft report(PrivateReport value) {
    report = value;
    return this;
  }

  public ObservationDraft licence(String value) {
    licence = value;
    return this;
  }

  public ObservationDraft deployment(Deployment value) {
    deployment = value;
    return this;
  }

  /** A further rating; the scanner's own choice must come first. */
  public ObservationDraft rating(Rating value) {
    if (!ratings.contains(value)) {
      add(ratings, "ratings", value, TextLimits.RATINGS);
    }
    return this;
  }

  /** The scanner's own choice, wherever in the report it came. */
  public ObservationDraft firstRating(Rating value) {
    ratings.remove(value);
    ratings.add(0, value);
    if (ratings.size() > TextLimits.RATINGS) {
      ratings.remove(ratings.size() - 1);
      cut.add("ratings");
    }
    return this;
  }

  public ObservationDraft reachability(Reachability value) {
    reachability = value;
    return this;
  }

  /** EPSS as reported; the first one counts, null and what is no probability is ignored. */
  public ObservationDraft epss(Double score, Double percentile) {
    if (epssScore == null && score != null && score >= 0 && score <= 1) {
      epssScore = score;
      epssPercentile = percentile != null && percentile >= 0 && percentile <= 1 ? percentile : null;
    }
    return this;
  }

  public ObservationDraft kev(Boolean value) {
    kev = value;
    return this;
  }

  public ObservationDraft state(ScannerState value, String reason) {
    scannerState = value;
    stateReason = reason;
    return this;
  }

  public ObservationDraft baselineState(BaselineState value) {
    baselineState = value;
    return this;
  }

  public ObservationDraft place(String value) {
    place = value;
    return this;
  }

  /** A further fact as reported; null and blank are ignored. */
  public ObservationDraft property(String name, String value) {
    if (value != null && !value.isBlank()) {
      put(properties, "properties", name, safe(value), TextLimits.PROPERTIES, false);
    }
    return this;
  }

  /** Whether it can be told apart from another: without an id there is no observation. */
  public boolean identified() {
    return nativeId != null && !nativeId.isBlank();
  }

  /** The finished record. */
  public Observation build() {
    String shownTitle = TextLimits.oneLine(safe(title));
    Observation made = new Observation();
    made.setKind(kind);
    made.setNativeId(identity("nativeId", nativeId.strip(), TextLimits.ID));
    made.setAliases(aliases);
    made.setUpstream(upstream);
    made.setRelated(related);
    made.setDeprecatedIds(deprecatedIds);
    made.setFingerprints(fingerprints);
    made.setCwes(cwes);
    made.setTitle(text("title", shownTitle == null ? "" : shownTitle, TextLimits.TITLE));
    made.setDescription(
        text("description", safe(blankToNull(description)), TextLimits.DESCRIPTION));
    made.setReferences(references);
    made.setComponent(component == null ? null : bounded(component));
    made.setFixedVersions(fixedVersions);
    made.setFixState(fixState);
    if (location != null) {
      location.setPath(identity("location", location.getPath(), TextLimits.PATH));
      location.setSymbol(identity("location", location.getSymbol(), TextLimits.ID));
    }
    made.setLocation(location);
    made.setSecret(secret);
    if (resource != null) {
      resource.setAddress(identity("resource", resource.getAddress(), TextLimits.PATH));
      resource.setType(text("resource", resource.getType(), TextLimits.ID));
      resource.setProvider(text("resource", resource.getProvider(), TextLimits.ID));
    }
    made.setResource(resource);
    made.setReport(report);
    made.setLicence(identity("licence", licence, TextLimits.ID));
    made.setDeployment(deployment == null ? null : bounded(deployment));
    made.setRatings(ratings);
    made.setReachability(reachability);
    made.setEpssScore(epssScore);
    made.setEpssPercentile(epssPercentile);
    made.setKev(kev);
    made.setScannerState(scannerState);
    made.setStateReason(text("stateReason", safe(blankToNull(stateReason)), TextLimits.REASON));
    made.setBaselineState(baselineState);
    made.setPlace(text("place", safe(place), TextLimits.PLACE));
    made.setProperties(properties);
    made.setCut(new ArrayList<>(cut));
    return made;
  }

  private Component bounded(Component value) {
    value.setName(identity("component", value.getName(), TextLimits.ID));
    value.setPurl(identity("component", value.getPurl(), TextLimits.PURL));
    value.setVersion(identity("component", value.getVersion(), TextLimits.VERSION));
    value.setSourceName(identity("component", value.getSourceName(), TextLimits.ID));
    value.setSourceVersion(identity("component", value.getSourceVersion(), TextLimits.VERSION));
    value.setDistro(text("component", value.getDistro(), TextLimits.ID));
    value.setArchitecture(text("component", value.getArchitecture(), TextLimits.ID));
    value.setLayer(text("component", value.getLayer(), TextLimits.ID));
    List<String> places = value.getPlaces();
    value.setPlaceCount(Math.max(value.getPlaceCount(), places.size()));
    List<String> kept = new ArrayList<>(Math.min(places.size(), TextLimits.PLACES));
    for (String each : places) {
      if (kept.size() < TextLimits.PLACES) {
        kept.add(identity("places", each, TextLimits.PLACE));
      }
    }
    if (value.getPlaceCount() > kept.size()) {
      cut.add("places");
    }
    value.setPlaces(kept);
    return value;
  }

  private Deployment bounded(Deployment value) {
    value.setName(identity("deployment", value.getName(), TextLimits.PLACE));
    value.setChart(identity("deployment", value.getChart(), TextLimits.ID));
    value.setChartVersion(identity("deployment", value.getChartVersion(), TextLimits.VERSION));
    value.setAppVersion(identity("deployment", value.getAppVersion(), TextLimits.VERSION));
    List<ImageReference> images = value.getImages();
    if (images.size() > TextLimits.IMAGES) {
      cut.add("images");
      images = new ArrayList<>(images.subList(0, TextLimits.IMAGES));
    }
    for (ImageReference each : images) {
      each.setRepository(
          identity("images", redactor.withoutLogin(each.getRepository()), TextLimits.ID));
      each.setTag(identity("images", each.getTag(), TextLimits.VERSION));
      each.setDigest(identity("images", each.getDigest(), TextLimits.VERSION));
    }
    value.setImages(images);
    return value;
  }

  private String safe(String text) {
    return redactor.redact(text, knownSecret);
  }

  private static String blankToNull(String text) {
    return text == null || text.isBlank() ? null : text;
  }

  private String text(String field, String value, int limit) {
    if (value != null && value.length() > limit) {
      cut.add(field);
    }
    return TextLimits.cut(value, limit);
  }

  private String identity(String field, String value, int limit) {
    if (value != null && value.length() > limit) {
      cut.add(field);
    }
    return TextLimits.cutIdentity(value, limit);
  }

  private <T> void add(List<T> list, String field, T value, int limit) {
    if (list.size() < limit) {
      list.add(value);
    } else {
      cut.add(field);
    }
  }

  private void put(
      Map<String, String> map,
      String field,
      String name,
      String value,
      int most,
      boolean identity) {
    String key = TextLimits.cut(name, 100);
    if (map.size() >= most && !map.containsKey(key)) {
      cut.add(field);
      return;
    }
    map.put(
        key,
        identity
            ? identity(field, value.strip(), TextLimits.PROPERTY)
            : text(field, value.strip(), TextLimits.PROPERTY));
  }
}
