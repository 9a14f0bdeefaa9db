package dev.parley.messages.rest;

import static io.restassured.RestAssured.given;

import dev.parley.testing.TokenIssuer;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Somebody with an account, and what they ask over REST.
record Person(UUID id, String token) {
  static Person somebody() {
    UUID id = UUID.randomUUID();
    return new Person(id, TokenIssuer.shared().token(id));
  }

  /// Nobody in particular: requests carry no token.
  static Person anonymous() {
    return new Person(UUID.randomUUID(), "");
  }

  RequestSpecification request() {
    RequestSpecification request = given().contentType(ContentType.JSON);
    return token.isEmpty() ? request : request.auth().oauth2(token);
  }

  Response get(String path) {
    return request().get("/api/conversations" + path);
  }

  Response post(String path, Object body) {
    return request().body(body).post("/api/conversations" + path);
  }

  Response patch(String path, Object body) {
    return request().body(body).patch("/api/conversations" + path);
  }

  Response delete(String path) {
    return request().delete("/api/conversations" + path);
  }

  Response open(String kind, Person... others) {
    List<UUID> members = Arrays.stream(others).map(Person::id).toList();
    return post("", Map.of("kind", kind, "members", members));
  }

  /// A new conversation of which this person is the owner, as the path below `/api/conversations`.
  String opened(String kind, Person... others) {
    return "/" + open(kind, others).then().extract().path("conversation");
  }

  Response send(String conversation, String content) {
    return post(
        conversation + "/messages",
        "{\"message\":\"%s\",\"content\":%s}".formatted(UUID.randomUUID(), content));
  }

  List<Map<String, Object>> events(String conversation) {
    return get(conversation + "/events?limit=200").then().statusCode(200).extract().path("events");
  }
}
