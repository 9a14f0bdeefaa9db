package dev.parley.chaos;

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
          .importPackages("dev.parley.chaos");

  @Test
  void featuresHaveNoCycles() {
    slices().matching("dev.parley.chaos.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theCheckerKnowsNothingOfTheServersNorOfTheHarness() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.parley.chaos.check..", "dev.parley.chaos.history..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.parley.contracts..", "dev.parley.servers..", "java.sql..", "java.net..")
        .check(CLASSES);
  }
}
