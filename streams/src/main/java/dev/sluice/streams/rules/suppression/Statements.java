package dev.sluice.streams.rules.suppression;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.events.Severity;
import dev.sluice.events.Suppression;
import dev.sluice.events.SuppressionKind;
import dev.sluice.events.VexStatus;
import dev.sluice.streams.rules.identity.Hashes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Puts statements of VEX documents into records. */
final class Statements {
  /** Texts are for people; longer ones are in the document. */
  private static final int LONGEST = 1_000;

  private Statements() {}

  /** A statement in the making. */
  static final class Draft {
    private final Set<String> vulnerabilities = new LinkedHashSet<>();
    private final Set<String> products = new LinkedHashSet<>();
    private final Set<String> subcomponents = new LinkedHashSet<>();
    private VexStatus status = VexStatus.UNKNOWN;
    private String justification;
    private String reason = "";
    private String author;
    private Instant at;

    Draft vulnerability(String id) {
      add(vulnerabilities, id);
      return this;
    }

    Draft product(String name) {
      add(products, name);
      return this;
    }

    Draft subcomponent(String name) {
      add(subcomponents, name);
      return this;
    }

    Draft status(VexStatus value) {
      status = value;
      return this;
    }

    Draft justification(String text) {
      justification = text == null || text.isBlank() ? null : text.strip();
      return this;
    }

    Draft reason(String text) {
      String plain = text == null ? "" : text.strip().replaceAll("\\s+", " ");
      reason = plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain;
      return this;
    }

    Draft author(String text) {
      author = text == null || text.isBlank() ? null : text.strip();
      return this;
    }

    Draft at(Instant time) {
      at = time;
      return this;
    }

    /** One record for each id of the vulnerability, so that it is found by any of them. */
    List<Suppression> build(String source) {
      List<Suppression> made = new ArrayList<>();
      if (products.isEmpty() || status == VexStatus.UNKNOWN) {
        return made;
      }
      for (String id : vulnerabilities) {
        made.add(
            Suppression.newBuilder()
                .setId(id(id))
                .setKind(SuppressionKind.VEX)
                .setVulnerability(id)
                .setProducts(List.copyOf(products))
                .setSubcomponents(List.copyOf(subcomponents))
                .setVexStatus(status)
                .setJustification(justification)
                .setReason(reason)
                .setOwner(author)
                .setSource(source)
                .setSeverityCap(Severity.UNKNOWN)
                .setVersion(
                    Hashes.hex(
                        String.join(
                                "\n",
                                status.name(),
                                String.valueOf(justification),
                                reason,
                                String.valueOf(at))
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .setRecordedAt(at)
                .build());
      }
      return made;
    }

    /** What it speaks of: a later statement about the same replaces it. */
    private String id(String vulnerability) {
      List<String> parts = new ArrayList<>(List.of("vex", String.valueOf(author), vulnerability));
      parts.addAll(sorted(products));
      parts.add("/");
      parts.addAll(sorted(subcomponents));
      return Suppressions.key(vulnerability, Hashes.id("vex-", parts.toArray(String[]::new)));
    }

    private static List<String> sorted(Collection<String> names) {
      return names.stream().sorted().toList();
    }

    private static void add(Set<String> set, String text) {
      if (text != null && !text.isBlank()) {
        set.add(text.strip());
      }
    }
  }

  static String text(JsonNode node, String field) {
    return node.path(field).isTextual() ? node.path(field).asText() : null;
  }

  /** A point in time with an offset, or null where there is none that can be read. */
  static Instant time(JsonNode node, String... fields) {
    for (String field : fields) {
      String text = text(node, field);
      if (text != null) {
        try {
          return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
          // The next one may be readable.
        }
      }
    }
    return null;
  }
}
