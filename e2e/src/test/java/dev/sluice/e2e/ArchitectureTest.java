package dev.sluice.e2e;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.logging.Logger;
import org.apache.avro.specific.AvroGenerated;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What may know what, over all modules at once. Each module may hold more of its own. */
class ArchitectureTest {
  private static final String SCHEMAS = "dev.sluice.events..";

  private static JavaClasses sluice;

  @BeforeAll
  static void load() {
    sluice =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.sluice");
  }

  @Test
  void allModulesAreLookedAt() {
    assertThat(
            List.of(
                "dev.sluice.events.Finding",
                "dev.sluice.conditions.Language",
                "dev.sluice.producers.publish.Publisher",
                "dev.sluice.streams.SluiceStreams",
                "dev.sluice.sinks.Sink",
                "dev.sluice.embedded.OneMachine",
                "dev.sluice.app.Main"))
        .allMatch(sluice::contain);
  }

  @Test
  void producersSeeNeitherSinksNorStreams() {
    apart("dev.sluice.producers..", "dev.sluice.sinks..", "dev.sluice.streams..");
  }

  @Test
  void sinksSeeNeitherProducersNorStreams() {
    apart("dev.sluice.sinks..", "dev.sluice.producers..", "dev.sluice.streams..");
  }

  @Test
  void streamsSeeNeitherProducersNorSinks() {
    apart("dev.sluice.streams..", "dev.sluice.producers..", "dev.sluice.sinks..");
  }

  @Test
  void contractDependsOnNothingOfOurs() {
    noClasses()
        .that()
        .resideInAnyPackage(
            SCHEMAS,
            "dev.sluice.topics..",
            "dev.sluice.serde..",
            "dev.sluice.registry..",
            "dev.sluice.settings..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.sluice.conditions..",
            "dev.sluice.producers..",
            "dev.sluice.streams..",
            "dev.sluice.sinks..",
            "dev.sluice.embedded..",
            "dev.sluice.app..")
        .check(sluice);
  }

  @Test
  void conditionsDependOnNothingOfOurs() {
    noClasses()
        .that()
        .resideInAPackage("dev.sluice.conditions..")
        .should()
        .dependOnClassesThat(
            describe(
                "are of another module of ours",
                type ->
                    type.getPackageName().startsWith("dev.sluice")
                        && !type.getPackageName().startsWith("dev.sluice.conditions")))
        .check(sluice);
  }

  @Test
  void nobodyButTheCommandSeesTheEmbeddedBroker() {
    noClasses()
        .that(
            resideInAnyPackage(
                "dev.sluice.producers..", "dev.sluice.streams..", "dev.sluice.sinks.."))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.sluice.embedded..", "dev.sluice.app..")
        .check(sluice);
  }

  @Test
  void rulesEngineAndStateKnowNoKafka() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.sluice.streams.rules..",
            "dev.sluice.streams.engine..",
            "dev.sluice.streams.state..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "org.rocksdb..")
        .check(sluice);
  }

  @Test
  void environmentIsReadInSettingsAlone() {
    ArchRule rule =
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.sluice.app.settings..")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class);
    rule.check(sluice);
  }

  @Test
  void nobodyWritesPastTheLogButTheCommandAndTheConsoleSink() {
    noClasses()
        .that(
            describe(
                "are neither the command nor the console sink",
                type ->
                    !resideInAnyPackage(
                            "dev.sluice.app..", "dev.sluice.sinks.console..", "dev.sluice.bench..")
                        .test(type)))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(sluice);
  }

  @Test
  void oneLoggingInterface() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Logger.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.util.logging..", "org.apache.logging..", "org.apache.commons.logging..")
        .check(sluice);
  }

  @Test
  void namesSayWhatAThingIs() {
    classes()
        .that(describe("are written by people", type -> !type.isAnnotatedWith(AvroGenerated.class)))
        .should()
        .haveNameNotMatching(".*(Manager|Helper|Helpers|Util|Utils|Impl)(\\$.*)?")
        .check(sluice);
  }

  private static void apart(String module, String... others) {
    noClasses()
        .that(resideInAPackage(module))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .check(sluice);
  }
}
