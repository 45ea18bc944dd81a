package dev.sluice.app;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know of whom, over all modules: the app is where all of them are on the class path. */
@AnalyzeClasses(packages = "dev.sluice", importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {
  @ArchTest
  static final ArchRule producersKnowNeitherSinksNorStreams =
      noClasses()
          .that()
          .resideInAPackage("dev.sluice.producers..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.sluice.sinks..", "dev.sluice.streams..", "dev.sluice.app..");

  @ArchTest
  static final ArchRule sinksKnowNeitherProducersNorStreams =
      noClasses()
          .that()
          .resideInAPackage("dev.sluice.sinks..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.sluice.producers..", "dev.sluice.streams..", "dev.sluice.app..");

  @ArchTest
  static final ArchRule streamsKnowNeitherProducersNorSinks =
      noClasses()
          .that()
          .resideInAPackage("dev.sluice.streams..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.sluice.producers..", "dev.sluice.sinks..", "dev.sluice.app..");

  @ArchTest
  static final ArchRule rulesKnowNoKafka =
      noClasses()
          .that()
          .resideInAPackage("dev.sluice.streams.rules..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka..");

  @ArchTest
  static final ArchRule onlySettingsReadTheEnvironment =
      noClasses()
          .that(DescribedPredicate.not(resideInAPackage("dev.sluice.app.settings")))
          .should()
          .callMethodWhere(
              target(name("getenv"))
                  .and(
                      target(
                          owner(
                              DescribedPredicate.<JavaClass>describe(
                                  "System", type -> type.isEquivalentTo(System.class))))));

  @ArchTest
  static final ArchRule theAppKnowsNoCycles =
      slices().matching("dev.sluice.app.(*)..").should().beFreeOfCycles();
}
