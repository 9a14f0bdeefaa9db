package dev.parley.chaos.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.chaos.history.ChangeKind;
import dev.parley.chaos.history.Fingerprint;
import dev.parley.chaos.history.Via;
import dev.parley.chaos.history.Wish;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A change that a device wants, the same however often it is asked for.
///
/// @param id the message's or the request's
/// @param kind null for a message
/// @param frame of the socket without `id`; of REST the body
/// @param message that it is about
/// @param member whom it is about
record Command(
    UUID conversation,
    UUID id,
    Via via,
    @Nullable ChangeKind kind,
    ObjectNode frame,
    @Nullable UUID message,
    @Nullable UUID member,
    @Nullable String role) {

  static Command send(UUID conversation, Via via, ObjectNode content) {
    UUID id = UUID.randomUUID();
    ObjectNode frame = Json.object();
    if (via == Via.SOCKET) {
      frame.put("type", "send").put("conversation", conversation.toString());
    }
    frame.put("message", id.toString()).set("content", content);
    return new Command(conversation, id, via, null, frame, null, null, null);
  }

  static Command edit(UUID conversation, UUID message, ObjectNode content) {
    ObjectNode frame = about("edit", conversation, message);
    frame.set("content", content);
    return change(conversation, ChangeKind.EDIT, frame, message);
  }

  static Command delete(UUID conversation, UUID message) {
    return change(conversation, ChangeKind.DELETE, about("delete", conversation, message), message);
  }

  static Command react(UUID conversation, UUID message, String emoji, boolean on) {
    ObjectNode frame = about("react", conversation, message).put("emoji", emoji).put("on", on);
    return change(conversation, ChangeKind.REACT, frame, message);
  }

  static Command add(UUID conversation, UUID member) {
    ObjectNode body = Json.object().put("user", member.toString()).put("role", "member");
    return new Command(
        conversation, UUID.randomUUID(), Via.REST, ChangeKind.ADD, body, null, member, "member");
  }

  static Command remove(UUID conversation, UUID member) {
    return new Command(
        conversation,
        UUID.randomUUID(),
        Via.REST,
        ChangeKind.REMOVE,
        Json.object(),
        null,
        member,
        null);
  }

  static Command leave(UUID conversation, UUID self) {
    return new Command(
        conversation,
        UUID.randomUUID(),
        Via.REST,
        ChangeKind.LEAVE,
        Json.object(),
        null,
        self,
        null);
  }

  boolean isMessage() {
    return kind == null;
  }

  /// What to write down before it is asked for.
  Wish wish(int attempt) {
    if (kind == null) {
      var content = frame.path("content");
      return new Wish.Send(
          conversation,
          id,
          attempt,
          via,
          Fingerprint.ofContent(content),
          content.toString().getBytes(StandardCharsets.UTF_8).length);
    }
    long hash = via == Via.REST ? Fingerprint.NOTHING : Fingerprint.ofDetail(frame);
    return new Wish.Change(conversation, id, attempt, via, kind, message, member, role, hash);
  }

  private static ObjectNode about(String type, UUID conversation, UUID message) {
    return Json.object()
        .put("type", type)
        .put("conversation", conversation.toString())
        .put("message", message.toString());
  }

  private static Command change(
      UUID conversation, ChangeKind kind, ObjectNode frame, UUID message) {
    UUID id = UUID.randomUUID();
    frame.put("request", id.toString());
    return new Command(conversation, id, Via.SOCKET, kind, frame, message, null, null);
  }
}
