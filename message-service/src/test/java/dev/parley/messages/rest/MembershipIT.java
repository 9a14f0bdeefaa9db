package dev.parley.messages.rest;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.testing.ParleyBackends;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
class MembershipIT {
  private final Person anna = Person.somebody();
  private final Person ben = Person.somebody();
  private final Person cleo = Person.somebody();

  @Test
  void everyChangeIsAnEventThatSaysWhoDidIt() {
    String group = anna.opened("group");
    anna.post(group + "/members", Map.of("user", ben.id(), "role", "reader"))
        .then()
        .statusCode(201)
        .body("user", equalTo(ben.id().toString()))
        .body("role", equalTo("reader"))
        .body("seq", equalTo(3));
    anna.patch(group + "/members/" + ben.id(), Map.of("role", "moderator"))
        .then()
        .statusCode(200)
        .body("seq", equalTo(4));
    ben.post(group + "/leave", "").then().statusCode(200).body("role", nullValue());
    assertEquals(
        List.of(
            "created by anna",
            "joined anna owner by anna",
            "joined ben reader by anna",
            "role ben moderator by anna",
            "left ben by ben"),
        told(group));
  }

  @Test
  void whatIsSoAlreadyChangesNothing() {
    String group = anna.opened("group", ben);
    unchanged(anna.post(group + "/members", Map.of("user", ben.id(), "role", "member")));
    unchanged(anna.patch(group + "/members/" + ben.id(), Map.of("role", "member")));
    anna.post(group + "/members", Map.of("user", ben.id(), "role", "reader"))
        .then()
        .statusCode(409)
        .body("code", equalTo("conflict"));
    String channel = anna.opened("channel");
    ben.post(channel + "/join", "").then().statusCode(200).body("role", equalTo("reader"));
    unchanged(ben.post(channel + "/join", ""));
    unchanged(cleo.post(channel + "/leave", ""));
    assertEquals(3, (Integer) anna.get(group).path("seq"));
    assertEquals(3, (Integer) anna.get(channel).path("seq"));
  }

  @Test
  void theLastOwnerStays() {
    String group = anna.opened("group", ben);
    String self = group + "/members/" + anna.id();
    anna.post(group + "/leave", "").then().statusCode(409).body("code", equalTo("conflict"));
    anna.delete(self).then().statusCode(409);
    anna.patch(self, Map.of("role", "member")).then().statusCode(409);
    anna.patch(group + "/members/" + ben.id(), Map.of("role", "owner")).then().statusCode(200);
    anna.patch(self, Map.of("role", "member")).then().statusCode(200);
    anna.post(group + "/leave", "").then().statusCode(200);
    ben.post(group + "/leave", "").then().statusCode(409);
  }

  @Test
  void aBanShutsOutUntilAModeratorLiftsIt() {
    String channel = anna.opened("channel", ben, cleo);
    anna.patch(channel + "/members/" + cleo.id(), Map.of("role", "moderator"));
    String bens = channel + "/members/" + ben.id();
    cleo.patch(bens, Map.of("role", "banned")).then().statusCode(200);
    ben.get(channel).then().statusCode(404).body("code", equalTo("not_found"));
    ben.post(channel + "/join", "").then().statusCode(404);
    unchanged(cleo.patch(bens, Map.of("role", "banned")));
    cleo.get(channel + "/members").then().body("members.size()", equalTo(2));
    cleo.get(channel + "/members?role=banned")
        .then()
        .body("members.user", equalTo(List.of(ben.id().toString())));
    cleo.delete(bens).then().statusCode(200);
    ben.get(channel).then().statusCode(200).body("role", nullValue());
    cleo.patch(bens, Map.of("role", "banned")).then().statusCode(200);
    cleo.patch(bens, Map.of("role", "reader")).then().statusCode(200);
    ben.get(channel).then().body("role", equalTo("reader"));
    assertEquals(
        List.of(
            "left ben banned by cleo",
            "left ben by cleo",
            "left ben banned by cleo",
            "joined ben reader by cleo"),
        told(channel).subList(5, 9));
  }

  /// They came back with everything unread that had been said while they were shut out.
  @Test
  void whoComesBackFromABanHasReadWhatWasSaidMeanwhile() {
    String group = anna.opened("group", ben, cleo);
    for (Person banned : List.of(ben, cleo)) {
      anna.patch(group + "/members/" + banned.id(), Map.of("role", "banned"));
    }
    anna.send(group, "{}").then().statusCode(200).body("seq", equalTo(7));
    anna.patch(group + "/members/" + ben.id(), Map.of("role", "member")).then().statusCode(200);
    ben.get(group).then().body("seq", equalTo(8)).body("read", equalTo(7));
    anna.post(group + "/members", Map.of("user", cleo.id())).then().statusCode(201);
    cleo.get(group).then().body("seq", equalTo(9)).body("read", equalTo(8));
  }

  @Test
  void thoseWhoJoinAChannelGetTheRoleThatOwnersChose() {
    String channel = anna.opened("channel");
    anna.get(channel).then().body("joinRole", equalTo("reader"));
    ben.send(channel, "{}").then().statusCode(403);
    anna.patch(channel, Map.of("joinRole", "member"))
        .then()
        .statusCode(200)
        .body("joinRole", equalTo("member"));
    ben.post(channel + "/join", "").then().body("role", equalTo("member"));
    ben.send(channel, "{}").then().statusCode(200);
    anna.patch(channel, Map.of("joinRole", "moderator")).then().statusCode(400);
    anna.patch(anna.opened("group"), Map.of("joinRole", "member")).then().statusCode(400);
  }

  @Test
  void theNumberOfMembersFollowsEveryChange() {
    String channel = anna.opened("channel", ben);
    cleo.post(channel + "/join", "");
    anna.patch(channel + "/members/" + ben.id(), Map.of("role", "banned"));
    anna.get(channel).then().body("members", equalTo(2));
    anna.post(channel + "/members", Map.of("user", ben.id()));
    anna.get(channel).then().body("members", equalTo(3));
    anna.delete(channel + "/members/" + cleo.id());
    anna.patch(channel + "/members/" + cleo.id(), Map.of("role", "banned"));
    anna.delete(channel + "/members/" + cleo.id());
    anna.get(channel).then().body("members", equalTo(2));
  }

  @Test
  void onlyPeopleWithAnAccountAreAddedOrBanned() {
    String group = anna.opened("group");
    anna.post(group + "/members", Map.of("user", KnownUsers.NOBODY)).then().statusCode(400);
    anna.patch(group + "/members/" + KnownUsers.NOBODY, Map.of("role", "banned"))
        .then()
        .statusCode(400);
    anna.post(group + "/members", Map.of("user", KnownUsers.UNCERTAIN))
        .then()
        .statusCode(503)
        .body("code", equalTo("unavailable"));
    anna.delete(group + "/members/" + ben.id()).then().statusCode(404);
    anna.patch(group + "/members/" + ben.id(), Map.of("role", "reader")).then().statusCode(404);
  }

  @Test
  void membersArePagedInAStableOrder() {
    String group = anna.opened("group", ben, cleo);
    Response first = anna.get(group + "/members?limit=2");
    List<String> users =
        first.then().body("members.size()", equalTo(2)).extract().path("members.user");
    String cursor = first.path("cursor");
    assertEquals(users.getLast(), cursor);
    anna.get(group + "/members?limit=2&cursor=" + cursor)
        .then()
        .body("members.size()", equalTo(1))
        .body("cursor", nullValue());
  }

  private static void unchanged(Response response) {
    response.then().statusCode(200).body("changed", equalTo(false)).body("seq", nullValue());
  }

  private List<String> told(String conversation) {
    return anna.events(conversation).stream()
        .map(event ->
            "%s %s %s by %s"
                .formatted(
                    event.get("event"),
                    name(event.get("member")),
                    Objects.requireNonNullElse(event.get("role"), ""),
                    name(event.get("user")))
                .replaceAll(" +", " "))
        .toList();
  }

  private String name(Object id) {
    if (id == null) {
      return "";
    }
    return Map.of(
            anna.id().toString(), "anna", ben.id().toString(), "ben", cleo.id().toString(), "cleo")
        .get(id);
  }
}
