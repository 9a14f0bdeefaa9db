package dev.parley.messages.rest;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.testing.ParleyBackends;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
class OpeningIT {
  private final Person anna = Person.somebody();
  private final Person ben = Person.somebody();
  private final Person cleo = Person.somebody();

  @Test
  void aGroupBeginsWithItsCreationAndItsMembers() {
    String group =
        "/"
            + anna.post(
                    "",
                    Map.of(
                        "kind", "group", "title", "Tea", "members", List.of(ben.id(), cleo.id())))
                .then()
                .statusCode(201)
                .header("Location", startsWith("/api/conversations/"))
                .body("kind", equalTo("group"))
                .body("title", equalTo("Tea"))
                .body("seq", equalTo(4))
                .extract()
                .path("conversation");
    var events = ben.events(group);
    assertEquals(List.of(1, 2, 3, 4), events.stream().map(e -> e.get("seq")).toList());
    assertEquals("created", events.getFirst().get("event"));
    assertEquals("Tea", events.getFirst().get("title"));
    assertEquals("owner", events.get(1).get("role"));
    assertEquals(anna.id().toString(), events.get(1).get("member"));
    assertEquals("member", events.get(2).get("role"));
  }

  @Test
  void theLogTellsHowAChannelBegan() {
    Map<String, Object> wanted =
        Map.of("kind", "channel", "title", "خبر", "topic", "news", "joinRole", "member");
    String channel = "/" + anna.post("", wanted).path("conversation");
    Map<String, Object> created = ben.events(channel).getFirst();
    assertEquals("خبر", created.get("title"));
    assertEquals("news", created.get("topic"));
    assertEquals("member", created.get("joinRole"));
    ben.get(channel).then().body("topic", equalTo("news")).body("joinRole", equalTo("member"));
  }

  @Test
  void twoPeopleHaveOneDirectConversationWhoeverOpensIt() {
    String direct = anna.open("direct", ben).then().statusCode(201).extract().path("conversation");
    anna.open("direct", ben).then().statusCode(200).body("conversation", equalTo(direct));
    ben.open("direct", anna)
        .then()
        .statusCode(200)
        .body("conversation", equalTo(direct))
        .body("seq", equalTo(3));
    ben.get("/" + direct + "/members")
        .then()
        .body("members.role", equalTo(List.of("member", "member")))
        .body("members.user", hasItems(anna.id().toString(), ben.id().toString()));
  }

  @Test
  void nobodyTalksToThemselves() {
    anna.open("direct", anna).then().statusCode(400).body("code", equalTo("bad_request"));
    anna.open("direct").then().statusCode(400);
    anna.open("direct", ben, cleo).then().statusCode(400);
  }
}
