package dev.parley.presence;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class LayersTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.parley.presence");

  @Test
  void theCoreIsPlainJava() {
    noClasses()
        .that()
        .resideInAPackage("dev.parley.presence.state..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(
            "java..", "org.jspecify..", "dev.parley.contracts..", "dev.parley.presence.state..")
        .check(CLASSES);
  }

  @Test
  void kafkaStaysInTheRunningSide() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.parley.presence.shard..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka..")
        .check(CLASSES);
  }

  @Test
  void featuresHaveNoCycles() {
    slices().matching("dev.parley.presence.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
