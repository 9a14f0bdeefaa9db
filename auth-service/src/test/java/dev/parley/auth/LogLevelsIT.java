package dev.parley.auth;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testing.ParleyBackends;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import org.jboss.logging.Logger;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
class LogLevelsIT {
  private static final String CATEGORY = "dev.parley.auth.somewhere";

  @TestHTTPResource(value = "/log-levels/", management = true)
  URI levels;

  @Test
  void aLevelIsChangedAndTakenBackAtRunTime() {
    Logger log = Logger.getLogger(CATEGORY);
    assertFalse(log.isDebugEnabled());
    given()
        .put(levels + CATEGORY + "?level=DEBUG")
        .then()
        .statusCode(200)
        .body("level", equalTo("DEBUG"));
    assertTrue(log.isDebugEnabled());
    given()
        .delete(levels + CATEGORY)
        .then()
        .statusCode(200)
        .body("level", nullValue())
        .body("effective", equalTo("INFO"));
    assertFalse(log.isDebugEnabled());
  }

  @Test
  void whatIsNoLevelOrCategoryIsRefused() {
    given().put(levels + CATEGORY + "?level=LOUD").then().statusCode(400);
    given().put(levels + CATEGORY).then().statusCode(400);
    given().get(levels + "a%0Ab").then().statusCode(400);
    given().delete(levels + "root").then().statusCode(400);
  }

  @Test
  void thePublicPortKnowsNothingOfIt() {
    given().get("/q/log-levels/dev.parley").then().statusCode(404);
    given().put("/q/log-levels/dev.parley?level=DEBUG").then().statusCode(404);
  }

  /// Of the running service's own handlers, not of one that a test has made.
  @Test
  void noLineOfTheConsoleCanBeForged() {
    List<Formatter> formatters = new ArrayList<>();
    collect(java.util.logging.Logger.getLogger("").getHandlers(), formatters);
    List<String> shown = new ArrayList<>();
    for (Formatter formatter : formatters) {
      shown.add(formatter.format(new ExtLogRecord(Level.WARN, "one\nforged", CATEGORY)));
    }
    assertFalse(shown.isEmpty());
    for (String line : shown) {
      assertEquals(1, line.lines().count(), line);
    }
  }

  private static void collect(Handler[] handlers, List<Formatter> formatters) {
    for (Handler handler : handlers) {
      if (handler.getFormatter() != null) {
        formatters.add(handler.getFormatter());
      }
      if (handler instanceof ExtHandler parent) {
        collect(parent.getHandlers(), formatters);
      }
    }
  }
}
