package dev.parley.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class LayersTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.parley.runtime");

  @Test
  void featuresHaveNoCycles() {
    slices().matching("dev.parley.runtime.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyClassesNamedAfterKafkaKnowIt() {
    noClasses()
        .that()
        .haveSimpleNameNotStartingWith("Kafka")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka..")
        .check(CLASSES);
  }
}
