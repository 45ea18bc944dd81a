package dev.sluice.producers.format.ocsf;

import dev.sluice.producers.format.ImageName;
import dev.sluice.producers.format.ObservationDraft;
import dev.sluice.producers.format.json.JsonEntry;
import dev.sluice.producers.redact.Redactor;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is affected. An image or a repository is the asset; anything else, a host say, is a place in
 * the asset that is named when publishing. Everything may be null.
 */
record OcsfResource(
    String asset, String version, String digest, String place, String type, String region) {
  /** The ARN of a repository of Amazon ECR, or of an image in one. */
  private static final Pattern ECR =
      Pattern.compile(
          "arn:(aws[a-z-]*):ecr:([a-z0-9-]{1,30}):(\\d{12}):repository/([^:]+?)"
              + "(?:/(sha256:[0-9a-f]{64}))?");

  static OcsfResource of(JsonEntry entry, Redactor redactor) {
    String uid = text(entry, "uid");
    String name = text(entry, "name");
    String type = text(entry, "type");
    String version = text(entry, "version");
    String region = text(entry, "region");
    Matcher ecr = uid == null ? null : ECR.matcher(uid);
    if (ecr != null && ecr.matches()) {
      String host = ecr.group(3) + ".dkr.ecr." + ecr.group(2) + ".amazonaws.com";
      host = ecr.group(1).equals("aws-cn") ? host + ".cn" : host;
      return new OcsfResource(host + "/" + ecr.group(4), version, ecr.group(5), null, type, region);
    }
    String spelt = name == null ? uid : name;
    if (spelt == null) {
      spelt = text(entry, "hostname");
    }
    if (spelt != null && isImage(type) && !ImageName.isArchive(spelt)) {
      ImageName image = ImageName.parse(redactor.withoutLogin(spelt));
      String tag = image.tag() == null ? version : image.tag();
      return new OcsfResource(image.repository(), tag, image.digest(), null, type, region);
    }
    if (spelt != null && isRepository(spelt)) {
      return new OcsfResource(redactor.withoutLogin(spelt), version, null, null, type, region);
    }
    return new OcsfResource(null, null, null, uid == null ? spelt : uid, type, region);
  }

  private static boolean isImage(String type) {
    String lower = type == null ? "" : type.toLowerCase(Locale.ROOT);
    return lower.contains("image") && (lower.contains("container") || lower.contains("docker"));
  }

  private static boolean isRepository(String name) {
    return name.contains("://") || name.startsWith("github.com/") || name.startsWith("gitlab.com/");
  }

  private static String text(JsonEntry entry, String name) {
    String text = entry.text(name);
    return text == null || text.isBlank() ? null : text.strip();
  }

  void describe(ObservationDraft draft) {
    draft.place(place);
    draft.property("resource", type);
    draft.property("region", region);
  }
}
