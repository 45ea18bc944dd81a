package dev.sluice.producers.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.events.Component;
import dev.sluice.events.Directness;
import dev.sluice.events.FindingKind;
import dev.sluice.events.Location;
import dev.sluice.events.Observation;
import dev.sluice.events.Resource;
import dev.sluice.events.Secret;
import dev.sluice.events.SecretValidity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;

final class ObservationDraftTest {
  /** Three bytes a character in UTF-8, the most that a char can take. */
  private static final String LONG = "\u20ac".repeat(20_000);

  private static ObservationDraft draft() {
    return new ObservationDraft(Outcome.REDACTOR).kind(FindingKind.CODE_WEAKNESS).nativeId("R1");
  }

  private static int size(Observation observation) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new SpecificDatumWriter<>(Observation.class).write(observation, encoder);
    encoder.flush();
    return out.size();
  }

  @Test
  void neverExceedsNineHundredThousandBytes() throws IOException {
    ObservationDraft draft = draft().nativeId(LONG).title(LONG).description(LONG);
    for (int i = 0; i < 500; i++) {
      draft.alias(i + LONG).related(i + LONG).upstream(i + LONG).deprecatedId(i + LONG);
      draft.fingerprint(i + LONG, LONG).property(i + LONG, LONG).cwe("CWE-" + (i + 1));
      draft.reference(("\u20ac" + i).repeat(240)).fixedVersion(i + LONG);
      draft.rating(Ratings.cvss(TextLimits.cut(i + LONG, 60), LONG, i / 100.0, "cvss3"));
    }
    List<String> places = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      places.add(i + LONG);
    }
    draft.component(
        new Component(
            LONG,
            LONG,
            LONG,
            "deb",
            LONG,
            LONG,
            LONG,
            LONG,
            LONG,
            Directness.DIRECT,
            places,
            9_000));
    draft.location(new Location(LONG, 1, 2, 3, 4, LONG, "a".repeat(64), "key"));
    draft.resource(new Resource(LONG, LONG, LONG)).licence(LONG).place(LONG);
    draft.secret(new Secret("d", "h", "k", "", SecretValidity.UNKNOWN, "c"));
    Observation made = draft.build();
    assertThat(size(made)).isLessThan(900_000);
    assertEquals(9_000, made.getComponent().getPlaceCount());
    assertEquals(100, made.getComponent().getPlaces().size());
    assertThat(made.getCut())
        .contains(
            "nativeId",
            "title",
            "description",
            "aliases",
            "references",
            "places",
            "properties",
            "ratings",
            "component",
            "location");
  }

  @Test
  void namesNothingAsCutThatFits() {
    assertThat(draft().title("t").description("d").reference("https://a").build().getCut())
        .isEmpty();
  }

  @Test
  void keepsLongIdsApart() {
    String one = draft().nativeId("x".repeat(400) + "1").build().getNativeId();
    String two = draft().nativeId("x".repeat(400) + "2").build().getNativeId();
    assertNotEquals(one, two);
    assertEquals(TextLimits.ID, one.length());
  }

  @Test
  void cutsNoSurrogatePairInHalf() {
    String cut = TextLimits.cut("a" + "\ud83d\ude00".repeat(300), 100);
    assertTrue(cut.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff));
  }

  @Test
  void readsWeaknessesInEverySpelling() {
    Observation made =
        draft()
            .cwe("CWE-79")
            .cwe("external/cwe/cwe-089")
            .cwe("22")
            .cwe("CWE-327: Broken")
            .cwe("x")
            .cwe("79")
            .cwe("CWE-NVD-noinfo")
            .build();
    assertEquals(List.of(79, 89, 22, 327), made.getCwes());
  }

  @Test
  void putsTheTitleOnOneLine() {
    assertEquals("a b", draft().title("a\r\n\t b\n").build().getTitle());
  }

  @Test
  void redactsEveryText() {
    String token = "ghp_" + "a1B2".repeat(9);
    Observation made =
        draft()
            .title(token)
            .description(token)
            .property("p", token)
            .place(token)
            .reference("https://u:" + token + "@x")
            .state(dev.sluice.events.ScannerState.SUPPRESSED, token)
            .build();
    assertThat(made.toString()).doesNotContain(token);
  }
}
