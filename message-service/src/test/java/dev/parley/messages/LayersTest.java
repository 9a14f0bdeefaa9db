package dev.parley.messages;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class LayersTest {
  /// Classes that only put others together.
  private static final String WIRING = ".*Beans";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.parley.messages");

  @Test
  void featuresHaveNoCycles() {
    slices().matching("dev.parley.messages.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  /// Others may pass a transaction's connection on and tell failures apart, but make no statements.
  @Test
  void onlyClassesNamedAfterPostgresSpeakSql() {
    noClasses()
        .that()
        .haveSimpleNameNotStartingWith("Postgres")
        .and()
        .areTopLevelClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.sql..", "org.postgresql..", "io.agroal..")
                .and(not(type(SQLException.class)))
                .and(not(type(Connection.class))))
        .check(CLASSES);
  }

  @Test
  void thePermissionFunctionIsPlainJava() {
    noClasses()
        .that()
        .resideInAPackage("dev.parley.messages.permission..")
        .should()
        .dependOnClassesThat(
            not(
                resideInAnyPackage(
                    "java.lang..",
                    "java.util..",
                    "org.jspecify..",
                    "dev.parley.contracts..",
                    "dev.parley.messages.permission..")))
        .check(CLASSES);
  }

  @Test
  void onlyClassesNamedAfterKafkaKnowIt() {
    noClasses()
        .that()
        .haveSimpleNameNotStartingWith("Kafka")
        .and()
        .haveNameNotMatching(WIRING)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka..")
        .check(CLASSES);
  }

  @Test
  void onlyWiringKnowsRedis() {
    noClasses()
        .that()
        .haveNameNotMatching(WIRING)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx.redis..", "io.quarkus.redis..")
        .check(CLASSES);
  }

  @Test
  void decisionsOfThePipelineArePure() {
    noClasses()
        .that()
        .haveNameMatching(".*\\.(Sequencer|LogState|Outcome|Addressing|Verdict|Receipts)")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..", "javax.sql..", "java.io..", "java.net..", "java.time..", "jakarta..")
        .check(CLASSES);
  }

  @Test
  void thePipelineKnowsNoEntities() {
    noClasses()
        .that()
        .resideInAnyPackage("..log..", "..ingest..", "..fanout..", "..signals..", "..failpoint..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta.persistence..", "io.quarkus.hibernate..")
        .check(CLASSES);
  }
}
