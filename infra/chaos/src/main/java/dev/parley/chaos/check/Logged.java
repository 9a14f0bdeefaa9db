package dev.parley.chaos.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.chaos.history.Fingerprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row of the database's log.
///
/// @param time `at`, epoch milliseconds
/// @param user who did it
/// @param member whom it is about
/// @param id the message's id, or the request's where there was one
/// @param hash [Fingerprint] of its detail
/// @param erased whether its content was erased by a deletion
public record Logged(
    UUID conversation,
    long seq,
    long time,
    String kind,
    UUID user,
    @Nullable UUID member,
    @Nullable String role,
    @Nullable UUID id,
    long hash,
    boolean erased) {
  static final String MESSAGE = "message";
  static final String CREATED = "created";
  static final String JOINED = "joined";
  static final String LEFT = "left";
  static final String ROLE = "role";
  static final String UPDATED = "updated";

  private static final JsonMapper JSON = new JsonMapper();

  /// A row as it stands in the table `event`.
  public static Logged row(
      UUID conversation,
      long seq,
      long at,
      String kind,
      UUID user,
      @Nullable UUID member,
      @Nullable UUID request,
      byte[] detail) {
    try {
      ObjectNode json = (ObjectNode) JSON.readTree(detail);
      // A departure of somebody who was not in the conversation names them in the detail.
      UUID about = member != null || !json.has("member") ? member : id(json.get("member"));
      return new Logged(
          conversation,
          seq,
          at,
          kind,
          user,
          about,
          json.path("role").textValue(),
          request,
          Fingerprint.ofDetail(json),
          json.path("deleted").asBoolean());
    } catch (IOException e) {
      throw new UncheckedIOException("event " + seq + " of " + conversation + " is no JSON", e);
    }
  }

  boolean isMessage() {
    return kind.equals(MESSAGE);
  }

  private static UUID id(JsonNode text) {
    return UUID.fromString(text.asText());
  }

  @Override
  public String toString() {
    return "%d %s id=%s user=%s%s%s time=%d hash=%x%s"
        .formatted(
            seq,
            kind,
            id,
            user,
            member == null ? "" : " member=" + member,
            role == null ? "" : " role=" + role,
            time,
            hash,
            erased ? " erased" : "");
  }
}
