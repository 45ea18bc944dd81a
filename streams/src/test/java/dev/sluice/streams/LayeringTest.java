package dev.sluice.streams;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What may know what: the rules are plain functions, and the topology makes no network call. */
class LayeringTest {

  private static JavaClasses streams;

  @BeforeAll
  static void load() {
    streams =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.sluice.streams");
  }

  @Test
  void rulesKnowNoKafka() {
    noClasses()
        .that()
        .resideInAPackage("dev.sluice.streams.rules..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "org.rocksdb..")
        .check(streams);
  }

  @Test
  void rulesKnowNothingOfTheTopologyAndItsState() {
    noClasses()
        .that()
        .resideInAPackage("dev.sluice.streams.rules..")
        .should()
        .dependOnClassesThat(
            com.tngtech.archunit.base.DescribedPredicate.describe(
                "are of this module and no rules",
                c ->
                    c.getPackageName().startsWith("dev.sluice.streams")
                        && !c.getPackageName().startsWith("dev.sluice.streams.rules")))
        .check(streams);
  }

  @Test
  void rulesAreHandedTheTime() {
    noClasses()
        .that()
        .resideInAPackage("dev.sluice.streams.rules..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .check(streams);
  }

  @Test
  void rulesReachNoNetworkAndNoFiles() {
    noClasses()
        .that()
        .resideInAPackage("dev.sluice.streams.rules..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net..", "java.nio.file..", "java.nio.channels..")
        .check(streams);
  }

  @Test
  void nothingHereReachesTheNetworkByItself() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.net.http.HttpClient")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.net.Socket")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.net.URLConnection")
        .check(streams);
  }

  @Test
  void nothingHereKnowsProducersSinksOrTheCommand() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.sluice.producers..",
            "dev.sluice.sinks..",
            "dev.sluice.embedded..",
            "dev.sluice.app..")
        .check(streams);
  }

  @Test
  void roomsOfTheRulesDoNotGoRoundInCircles() {
    SlicesRuleDefinition.slices()
        .matching("dev.sluice.streams.rules.(*)..")
        .should()
        .beFreeOfCycles()
        .check(streams);
  }

  @Test
  void rulesHoldNoStateInStatics() {
    classes()
        .that()
        .resideInAPackage("dev.sluice.streams.rules..")
        .should(
            com.tngtech.archunit.lang.conditions.ArchConditions.have(
                com.tngtech.archunit.base.DescribedPredicate.describe(
                    "only final static fields",
                    c ->
                        c.getFields().stream()
                            .filter(
                                f ->
                                    f.getModifiers()
                                        .contains(
                                            com.tngtech.archunit.core.domain.JavaModifier.STATIC))
                            .allMatch(
                                f ->
                                    f.getModifiers()
                                        .contains(
                                            com.tngtech.archunit.core.domain.JavaModifier.FINAL)))))
        .check(streams);
  }
}
