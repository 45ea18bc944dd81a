package dev.sluice.producers.publish;

import dev.sluice.events.ScanPurpose;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * What the publisher of a report says about it. Each value is optional and may be null; it wins
 * over what the report says. Blank counts as null.
 *
 * @param asset any spelling of the asset's name, see {@link dev.sluice.producers.asset.AssetNames}
 * @param unit unit of the asset that the whole scan is about, at most 255 characters
 * @param version version that was scanned, at most 255 characters
 * @param releaseLine release line, for example {@code 5.x}, at most 100 characters
 * @param digest content digest of what was scanned, {@code algorithm:hex}
 * @param commit commit in hexadecimal digits, 7 to 64
 * @param commitTime when that commit was made; used where the report has no time
 * @param branch branch, at most 255 characters
 * @param scope name of the scope, for scans that the report does not tell apart, at most 200
 *     characters
 * @param purpose what the scan may change; head if neither this nor the report says otherwise
 * @param scanId id of the scan, so that a retry is the same scan: 1 to 100 letters, digits and
 *     {@code . _ -}
 * @param format id of the report's format, instead of recognising it
 * @param traceparent W3C Trace Context of the upload
 * @param publisher token name or host, for people; never a credential
 * @param defaultAsset asset where neither this nor the report names one: the repository that a CI
 *     job runs for
 * @param defaultVersion version where nothing else names one and the asset is the default asset
 * @param defaultScope name of the scope where neither this nor the report says anything of it: a CI
 *     job's name
 * @param checkoutRoot directory the code was checked out into, absolute; paths of the report below
 *     it become repository paths
 * @param reportDigest digest that the report must have, {@code sha256:} and 64 hex digits; where it
 *     is known before the report is read, a repeat is noticed before anything is published
 */
public record PublishRequest(
    String asset,
    String unit,
    String version,
    String releaseLine,
    String digest,
    String commit,
    Instant commitTime,
    String branch,
    String scope,
    ScanPurpose purpose,
    String scanId,
    String format,
    String traceparent,
    String publisher,
    String defaultAsset,
    String defaultVersion,
    String defaultScope,
    String checkoutRoot,
    String reportDigest) {

  /** Nothing is said: everything comes from the report. */
  public static final PublishRequest EMPTY = builder().build();

  private static final Pattern DIGEST = Pattern.compile("[a-z0-9+._-]{1,32}:[0-9a-f]{32,128}");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{7,64}");
  private static final Pattern SHA_256 = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final Pattern SCAN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final Pattern FORMAT = Pattern.compile("[a-z0-9][a-z0-9-]{0,49}");

  /** W3C Trace Context, section 3.2; a wrong one is to be ignored, so it is dropped. */
  private static final Pattern TRACEPARENT =
      Pattern.compile("[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  /**
   * @throws IllegalArgumentException if a value breaks its limit; the message names the parameter
   *     and the rule, not the value
   */
  public PublishRequest {
    asset = text("asset", asset, 2_048);
    unit = text("unit", unit, 255);
    version = text("version", version, 255);
    releaseLine = text("releaseLine", releaseLine, 100);
    digest = matching("digest", digest, DIGEST, "an algorithm, a colon and lower-case hex digits");
    commit = matching("commit", commit, COMMIT, "7 to 64 hexadecimal digits");
    branch = text("branch", branch, 255);
    scope = text("scope", scope, 200);
    scanId = matching("scan", scanId, SCAN_ID, "1 to 100 letters, digits, dots, _ and -");
    format = matching("format", format, FORMAT, "the id of a format, for example trivy-json");
    publisher = text("publisher", publisher, 200);
    defaultAsset = text("defaultAsset", defaultAsset, 2_048);
    defaultVersion = text("defaultVersion", defaultVersion, 255);
    defaultScope = text("defaultScope", defaultScope, 200);
    checkoutRoot = text("checkoutRoot", checkoutRoot, 1_024);
    reportDigest =
        matching("reportDigest", reportDigest, SHA_256, "sha256: and 64 lower-case hex digits");
    traceparent =
        traceparent != null && TRACEPARENT.matcher(traceparent).matches() ? traceparent : null;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The same values, to change some. */
  public Builder toBuilder() {
    Builder copy = new Builder();
    copy.asset = asset;
    copy.unit = unit;
    copy.version = version;
    copy.releaseLine = releaseLine;
    copy.digest = digest;
    copy.commit = commit;
    copy.commitTime = commitTime;
    copy.branch = branch;
    copy.scope = scope;
    copy.purpose = purpose;
    copy.scanId = scanId;
    copy.format = format;
    copy.traceparent = traceparent;
    copy.publisher = publisher;
    copy.defaultAsset = defaultAsset;
    copy.defaultVersion = defaultVersion;
    copy.defaultScope = defaultScope;
    copy.checkoutRoot = checkoutRoot;
    copy.reportDigest = reportDigest;
    return copy;
  }

  private static String text(String name, String value, int limit) {
    if (value == null || value.isBlank()) {
      return null;
    }
    String text = value.strip();
    if (text.length() > limit) {
      throw new IllegalArgumentException(name + " has more than " + limit + " characters");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(name + " holds a control character");
    }
    return text;
  }

  private static String matching(String name, String value, Pattern pattern, String rule) {
    String text = text(name, value, 2_048);
    if (text != null && !pattern.matcher(text).matches()) {
      throw new IllegalArgumentException(name + " must be " + rule);
    }
    return text;
  }

  /** Collects the values by name; what is not set is not said. */
  public static final class Builder {
    private String asset;
    private String unit;
    private String version;
    private String releaseLine;
    private String digest;
    private String commit;
    private Instant commitTime;
    private String branch;
    private String scope;
    private ScanPurpose purpose;
    private String scanId;
    private String format;
    private String traceparent;
    private String publisher;
    private String defaultAsset;
    private String defaultVersion;
    private String defaultScope;
    private String checkoutRoot;
    private String reportDigest;

    private Builder() {}

    public Builder asset(String value) {
      asset = value;
      return this;
    }

    public Builder unit(String value) {
      unit = value;
      return this;
    }

    public Builder version(String value) {
      version = value;
      return this;
    }

    public Builder releaseLine(String value) {
      releaseLine = value;
      return this;
    }

    public Builder digest(String value) {
      digest = value;
      return this;
    }

    public Builder commit(String value) {
      commit = value;
      return this;
    }

    public Builder commitTime(Instant value) {
      commitTime = value;
      return this;
    }

    public Builder branch(String value) {
      branch = value;
      return this;
    }

    public Builder scope(String value) {
      scope = value;
      return this;
    }

    public Builder purpose(ScanPurpose value) {
      purpose = value;
      return this;
    }

    public Builder scanId(String value) {
      scanId = value;
      return this;
    }

    public Builder format(String value) {
      format = value;
      return this;
    }

    public Builder traceparent(String value) {
      traceparent = value;
      return this;
    }

    public Builder publisher(String value) {
      publisher = value;
      return this;
    }

    public Builder defaultAsset(String value) {
      defaultAsset = value;
      return this;
    }

    public Builder defaultVersion(String value) {
      defaultVersion = value;
      return this;
    }

    public Builder defaultScope(String value) {
      defaultScope = value;
      return this;
    }

    public Builder checkoutRoot(String value) {
      checkoutRoot = value;
      return this;
    }

    public Builder reportDigest(String value) {
      reportDigest = value;
      return this;
    }

    /** Checks the values, see {@link PublishRequest}. */
    public PublishRequest build() {
      return new PublishRequest(
          asset,
          unit,
          version,
          releaseLine,
          digest,
          commit,
          commitTime,
          branch,
          scope,
          purpose,
          scanId,
          format,
          traceparent,
          publisher,
          defaultAsset,
          defaultVersion,
          defaultScope,
          checkoutRoot,
          reportDigest);
    }
  }
}
