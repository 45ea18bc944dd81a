package dev.sluice.streams.rules.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sluice.streams.rules.version.WrittenRange.Kind;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrittenRangeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "5.x # LINE # vers:generic/>=5|<6",
        "5.x.x # LINE # vers:generic/>=5|<6",
        "5.1.x # LINE # vers:generic/>=5.1|<5.2",
        "0.9.* # LINE # vers:generic/>=0.9|<0.10",
        "v2 # LINE # vers:generic/>=2|<3",
        "22.7 # LINE # vers:generic/>=22.7|<22.8",
        "1.2.x (LTS) # LINE # vers:generic/>=1.2|<1.3",
        "3.33 LTS # LINE # vers:generic/>=3.33|<3.34",
        "2.6 series # LINE # vers:generic/>=2.6|<2.7",
        "Version 4 # LINE # vers:generic/>=4|<5",
        "7.x (alpha) # LINE # vers:generic/>=7|<8",
        "0.9.2 # RANGE # vers:generic/0.9.2",
        "< 4.0 # RANGE # vers:generic/<4.0",
        "<4.0.0 # RANGE # vers:generic/<4.0.0",
        "<= 3.19 # RANGE # vers:generic/<3.20",
        "<= 9.x # RANGE # vers:generic/<10",
        "<= 1.2.3 # RANGE # vers:generic/<=1.2.3",
        "> 5.x # RANGE # vers:generic/>=6",
        "> 1.2.3 # RANGE # vers:generic/>1.2.3",
        ">= 4.0, < 5 # RANGE # vers:generic/>=4.0|<5",
        ">= 4.0 and < 5 # RANGE # vers:generic/>=4.0|<5",
        ">=4.0 <5 # RANGE # vers:generic/>=4.0|<5",
        "≥ 2.0 # RANGE # vers:generic/>=2.0",
        "5.0+ # RANGE # vers:generic/>=5.0",
        "5.0 and above # RANGE # vers:generic/>=5.0",
        "5.0 or newer # RANGE # vers:generic/>=5.0",
        "3.x and older # RANGE # vers:generic/<4",
        "3.1 and below # RANGE # vers:generic/<3.2",
        "older than 2.0 # RANGE # vers:generic/<2.0",
        "1.0 - 1.4 # RANGE # vers:generic/>=1.0|<1.5",
        "1.0.x – 1.4.x # RANGE # vers:generic/>=1.0|<1.5",
        "4.x, 5.x # RANGE # vers:generic/>=4|<6",
        "4.x and 6.x # RANGE # vers:generic/>=4|<5|>=6|<7",
        "~19.4.8 # RANGE # vers:generic/>=19.4.8|<19.5",
        "~20.x.x # RANGE # vers:generic/>=20|<21",
        "^5.2 # RANGE # vers:generic/>=5.2|<6",
        "~> 5.2.1 # RANGE # vers:generic/>=5.2.1|<5.3",
        "< 2.latest # RANGE # vers:generic/<2",
        "Latest 3.x # LATEST # vers:generic/>=3|<4",
        "2.latest # LATEST # vers:generic/>=2|<3",
        "Latest release in 8.x # LATEST # vers:generic/>=8|<9",
        "latest # LATEST #",
        "Current release # LATEST #",
        "Older 3.x # OLDER # vers:generic/>=3|<4",
        "2.0 RC series # PRE_RELEASE # vers:generic/>=2.0|<2.1",
        "Beta 1.x.x series # PRE_RELEASE # vers:generic/>=1|<2",
        "Other # OTHER #",
        "All other releases # OTHER #",
        "older versions # OTHER #",
        "main # BRANCH #",
        "master branch # BRANCH #",
        "- # UNREADABLE #",
        "full version # UNREADABLE #",
        ">= 5, < 4 # UNREADABLE #",
        "5.x < 6 # UNREADABLE #",
        "Releases within the previous three months # UNREADABLE #",
        "server 5.x # UNREADABLE #",
      })
  void readsWhatPeopleWrite(String written, Kind kind, String vers) {
    WrittenRange read = WrittenRange.read(written);
    assertThat(read.kind()).as(written).isEqualTo(kind);
    assertThat(read.range().map(VersionRange::toVers).orElse(null)).as(written).isEqualTo(vers);
  }

  @Test
  void aPreReleaseBelongsToTheLineItPrepares() {
    VersionRange six = WrittenRange.read("6.x").range().get();
    assertThat(six.contains("6.0.0-rc.1")).isTrue();
    assertThat(WrittenRange.read("5.x").range().get().contains("6.0.0-rc.1")).isFalse();
    assertThat(WrittenRange.read("< 6").range().get().contains("6.0.0-rc.1")).isFalse();
  }

  @Property(tries = 500)
  void neverThrowsAndWhatItReadsSurvivesAsVers(@ForAll String written) {
    assertThatCode(() -> WrittenRange.read(written)).doesNotThrowAnyException();
    WrittenRange.read(written)
        .range()
        .ifPresent(
            r ->
                assertThat(VersionRange.fromVers(r.toVers()).map(VersionRange::toVers))
                    .contains(r.toVers()));
  }

  @Property(tries = 2000)
  void aRangeHoldsExactlyWhatItsBoundsSay(
      @ForAll @IntRange(max = 12) int low,
      @ForAll @IntRange(max = 12) int high,
      @ForAll @IntRange(max = 14) int major,
      @ForAll @IntRange(max = 3) int minor) {
    String version = major + "." + minor + ".0";
    WrittenRange read = WrittenRange.read(">= " + low + ".0.0, < " + high + ".0.0");
    boolean inside = major >= low && major < high;
    assertThat(read.range().map(r -> r.contains(version)).orElse(false)).isEqualTo(inside);
    read.range()
        .ifPresent(
            r ->
                assertThat(VersionRange.fromVers(r.toVers()).get().contains(version))
                    .isEqualTo(inside));
  }

  @Property(tries = 1000)
  void aLineWithinAnotherHoldsNothingMore(
      @ForAll @IntRange(max = 5) int major,
      @ForAll @IntRange(max = 5) int minor,
      @ForAll @IntRange(max = 5) int otherMajor,
      @ForAll @IntRange(max = 5) int otherMinor) {
    VersionRange inner = WrittenRange.read(major + "." + minor + ".x").range().get();
    VersionRange outer = WrittenRange.read("< " + otherMajor + "." + otherMinor).range().get();
    String version = major + "." + minor + ".7";
    assertThat(inner.within(outer)).isEqualTo(outer.contains(version));
    assertThat(inner.overlaps(outer)).isEqualTo(outer.contains(version));
  }
}
