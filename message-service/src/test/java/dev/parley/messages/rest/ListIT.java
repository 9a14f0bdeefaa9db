package dev.parley.messages.rest;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.testing.ParleyBackends;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
class ListIT {
  private final Person anna = Person.somebody();
  private final Person ben = Person.somebody();

  @Test
  void theMostRecentlyActiveComesFirst() {
    String one = anna.opened("group", ben);
    String two = anna.opened("direct", ben);
    String three = anna.opened("channel");
    assertEquals(List.of(three, two, one), listed(anna));
    ben.send(one, "{\"text\":\"hello\"}").then().statusCode(200);
    assertEquals(List.of(one, three, two), listed(anna));
    assertEquals(List.of(one, two), listed(ben));
  }

  @Test
  void anEntryTellsWhatAListShows() {
    String direct = anna.opened("direct", ben);
    ben.send(direct, "{\"text\":\"ça va? 👋🏽\"}");
    anna.get("")
        .then()
        .statusCode(200)
        .body("cursor", nullValue())
        .body("conversations[0].conversation", equalTo(direct.substring(1)))
        .body("conversations[0].kind", equalTo("direct"))
        .body("conversations[0].peer", equalTo(ben.id().toString()))
        .body("conversations[0].seq", equalTo(4))
        .body("conversations[0].role", equalTo("member"))
        .body("conversations[0].read", equalTo(0))
        .body("conversations[0].unread", equalTo(1))
        .body("conversations[0].last.type", equalTo("event"))
        .body("conversations[0].last.event", equalTo("message"))
        .body("conversations[0].last.seq", equalTo(4))
        .body("conversations[0].last.content.text", equalTo("ça va? 👋🏽"));
  }

  @Test
  void unreadCountsOthersMessagesUpToAHundred() {
    String group = anna.opened("group", ben);
    anna.send(group, "{}");
    assertEquals(0, unread(anna));
    assertEquals(1, unread(ben));
    for (int i = 0; i < 101; i++) {
      anna.send(group, "{}").then().statusCode(200);
    }
    assertEquals(100, unread(ben));
  }

  @Test
  void whatWasSaidBeforeSomebodyCameIsNotUnread() {
    String group = anna.opened("group");
    anna.send(group, "{}");
    anna.post(group + "/members", Map.of("user", ben.id())).then().statusCode(201);
    assertEquals(0, unread(ben));
    anna.send(group, "{}");
    assertEquals(1, unread(ben));
  }

  @Test
  void pagesGoThroughTheListOnceAndInOrder() {
    List<String> opened = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      opened.addFirst(anna.opened("group"));
    }
    List<String> paged = new ArrayList<>();
    String cursor = "";
    do {
      Response page = anna.get("?limit=3&cursor=" + cursor);
      List<String> ids = page.then().statusCode(200).extract().path("conversations.conversation");
      ids.forEach(id -> paged.add("/" + id));
      cursor = page.path("cursor");
    } while (cursor != null);
    assertEquals(opened, paged);
  }

  @Test
  void aForeignCursorIsRefused() {
    for (String cursor : List.of("x", "AAAA", "%00", "MTIzNA")) {
      anna.get("?cursor=" + cursor).then().statusCode(400).body("code", equalTo("bad_request"));
    }
  }

  private static List<String> listed(Person person) {
    List<String> ids = person.get("").then().extract().path("conversations.conversation");
    return ids.stream().map(id -> "/" + id).toList();
  }

  private static int unread(Person person) {
    return person.get("").then().extract().path("conversations[0].unread");
  }
}
