package dev.parley.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses GATEWAY =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.parley.gateway");

  @Test
  void theGatewayTouchesNoDatabase() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta.persistence..", "java.sql..", "javax.sql..", "org.hibernate..")
        .check(GATEWAY);
  }

  @Test
  void featuresHaveNoCycles() {
    slices().matching("dev.parley.gateway.(*)..").should().beFreeOfCycles().check(GATEWAY);
  }

  @Test
  void kafkaStaysInTheClassesNamedAfterItAndInConsumers() {
    noClasses()
        .that()
        .haveSimpleNameNotStartingWith("Kafka")
        .and()
        .haveSimpleNameNotContaining("Consumer")
        .and()
        .areTopLevelClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka..")
        .check(GATEWAY);
  }

  @Test
  void redisStaysInTheClassesNamedAfterItAndInTheSlotsScripts() {
    noClasses()
        .that()
        .haveSimpleNameNotStartingWith("Redis")
        .and()
        .resideOutsideOfPackage("..slot..")
        .and()
        .areTopLevelClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx.redis..", "io.quarkus.redis..")
        .check(GATEWAY);
  }

  @Test
  void onlyTheTransportKnowsWebSockets() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.parley.gateway.transport..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.parley.gateway.transport.websocket..", "io.quarkus.websockets..", "io.netty..")
        .check(GATEWAY);
  }

  @Test
  void theSessionItselfKnowsNoFramework() {
    noClasses()
        .that()
        .resideInAnyPackage("..protocol..", "..session..")
        .and()
        .doNotHaveSimpleName("Sessions")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx..", "io.quarkus..", "jakarta..", "org.eclipse.microprofile..")
        .check(GATEWAY);
  }
}
