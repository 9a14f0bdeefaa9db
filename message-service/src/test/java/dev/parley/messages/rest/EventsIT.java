package dev.parley.messages.rest;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.messages.history.PostgresHistory;
import dev.parley.testing.ParleyBackends;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
class EventsIT {
  private final Person anna = Person.somebody();

  // The log has the events 1 to 10.
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "limit=50,                   1, 10, false",
        "limit=3,                    8, 10, true",
        "after=0&limit=3,            1, 3,  true",
        "after=7&limit=3,            8, 10, false",
        "after=7&limit=2,            8, 9,  true",
        "before=4,                   1, 3,  false",
        "before=4&limit=2,           2, 3,  true",
        "before=99&limit=2,          9, 10, true",
        "after=3&before=6,           4, 5,  false",
        "after=3&before=8&limit=2,   4, 5,  true",
        "after=10,                   -, -,  false",
        "after=5&before=6,           -, -,  false",
        "before=1,                   -, -,  false",
        "before=0,                   -, -,  false",
        "after=9007199254740991,     -, -,  false"
      })
  void aPageHoldsWhatWasAskedFor(String query, Integer first, Integer last, boolean more) {
    String group = anna.opened("group");
    IntStream.range(0, 8).forEach(i -> anna.send(group, "{}"));
    List<Integer> expected =
        first == null ? List.of() : IntStream.rangeClosed(first, last).boxed().toList();
    anna.get(group + "/events?" + query)
        .then()
        .statusCode(200)
        .body("events.seq", equalTo(expected))
        .body("more", equalTo(more));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=201",
        "limit=ten",
        "limit=-1",
        "after=-1",
        "after=x",
        "before=1.5",
        "after=9007199254740992",
        "before=99999999999999999"
      })
  void aQueryOutOfBoundsIsRefused(String query) {
    anna.get(anna.opened("group") + "/events?" + query)
        .then()
        .statusCode(400)
        .body("code", equalTo("bad_request"));
  }

  @Test
  void aPageThatGrowsTooLargeEndsEarlyAndSaysSo() {
    String group = anna.opened("group");
    String large = "{\"text\":\"" + "x".repeat(32_000) + "\"}";
    IntStream.range(0, 40).forEach(i -> anna.send(group, large));
    List<Integer> read = new ArrayList<>();
    int after = 0;
    boolean more;
    do {
      Response page = anna.get(group + "/events?limit=200&after=" + after);
      assertTrue(page.asByteArray().length < PostgresHistory.MAX_BYTES + 1024);
      List<Integer> seqs = page.then().statusCode(200).extract().path("events.seq");
      read.addAll(seqs);
      after = read.getLast();
      more = page.path("more");
    } while (more);
    assertEquals(IntStream.rangeClosed(1, 42).boxed().toList(), read);
    Response newest = anna.get(group + "/events?limit=200");
    newest.then().body("more", equalTo(true)).body("events.seq[-1]", equalTo(42));
    Response messages = anna.get(group + "/messages?limit=200");
    messages.then().body("more", equalTo(true)).body("messages.seq[-1]", equalTo(42));
    assertTrue(messages.asByteArray().length < PostgresHistory.MAX_BYTES + 1024);
  }
}
