package dev.parley.auth;

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
          .importPackages("dev.parley.auth");

  @Test
  void featuresHaveNoCycles() {
    slices().matching("dev.parley.auth.(*)..").should().beFreeOfCycles().check(CLASSES);
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

  @Test
  void onlyClassesNamedAfterPostgresSpeakSql() {
    noClasses()
        .that()
        .haveSimpleNameNotStartingWith("Postgres")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..", "io.agroal..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("jakarta.persistence.EntityManager")
        .check(CLASSES);
  }

  @Test
  void onlyArgon2idKnowsTheCryptographyLibrary() {
    noClasses()
        .that()
        .haveSimpleNameNotStartingWith("Argon2id")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bouncycastle..")
        .check(CLASSES);
  }
}
