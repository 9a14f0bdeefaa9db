package dev.parley.chaos.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.chaos.history.Link;
import dev.parley.chaos.history.Push;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// What a device hears: written down first, then given to whom it concerns. On its event loop.
final class Frames {
  private final Desk desk;
  private final Device device;
  private final Login login;
  private final Outbox outbox;
  private final Paging paging;
  private final Talk talk;

  Frames(Desk desk, Device device, Login login, Outbox outbox, Paging paging, Talk talk) {
    this.desk = desk;
    this.device = device;
    this.login = login;
    this.outbox = outbox;
    this.paging = paging;
    this.talk = talk;
  }

  /// One object.
  void take(ObjectNode frame) {
    long id = frame.path("id").asLong(-1);
    switch (frame.path("type").asText()) {
      case "connected" -> connected(frame);
      case "sent" -> reply(id, frame, () -> outbox.sent(id, frame));
      case "done" -> reply(id, frame, () -> outbox.done(id, frame));
      case "history" -> {
        if (paging.answers(id)) {
          paging.history(id, frame);
        } else {
          device.odd("a reply to nothing: " + frame);
        }
      }
      case "error" -> refused(id, frame);
      case "event" -> {
        Push.Event event = Json.event(frame);
        desk.write(event);
        desk.positions().event(event.conversation(), event.seq());
        desk.ledger().seen(event.conversation(), event.seq());
        talk.saw(event);
      }
      case "behind" -> {
        UUID conversation = Json.id(frame, "conversation");
        long from = Json.number(frame, "from");
        long to = Json.number(frame, "to");
        boolean reset = frame.path("reset").asBoolean();
        desk.write(new Push.Behind(conversation, from, to, reset));
        desk.positions().behind(conversation, from, to, reset);
        paging.fetchOwed();
      }
      case "joined" -> {
        UUID conversation = Json.id(frame, "conversation");
        long seq = Json.number(frame, "seq");
        desk.write(new Push.Joined(conversation, seq));
        desk.positions().joined(conversation, seq);
        paging.fetchOwed();
      }
      case "left" -> {
        UUID conversation = Json.id(frame, "conversation");
        Long seq = Json.optionalNumber(frame, "seq");
        desk.write(new Push.Left(conversation, seq));
        desk.positions().left(conversation, seq);
      }
      case "pong" -> {
        if (!device.connection().ponged(id)) {
          device.odd("a pong to nothing");
        }
      }
      case "expiring" -> login.renew();
      default -> {
        // Known and of no concern here (refreshed, receipts, typing, presence), or unknown.
      }
    }
  }

  /// The connection is lost: nothing that was said on it is answered any more.
  void disconnected() {
    outbox.disconnected();
    paging.disconnected();
  }

  private void connected(ObjectNode frame) {
    List<Link.Head> heads = new ArrayList<>();
    for (var each : frame.path("conversations")) {
      heads.add(new Link.Head(Json.id(each, "conversation"), Json.number(each, "seq")));
    }
    desk.write(new Link.Connected(Json.id(frame, "session"), heads));
    device.connection().established();
    heads.forEach(head -> desk.positions().subscribed(head.conversation(), head.seq()));
    outbox.connected();
    paging.fetchOwed();
    talk.connected();
  }

  private void reply(long id, ObjectNode frame, Runnable taken) {
    if (outbox.answers(id)) {
      taken.run();
    } else {
      device.odd("a reply to nothing: " + frame);
    }
  }

  private void refused(long id, ObjectNode error) {
    if (outbox.answers(id)) {
      outbox.refused(id, error);
    } else if (paging.answers(id)) {
      paging.refused(id, error);
    } else if (!device.connection().refused(id, error)) {
      device.odd("an error to nothing: " + error);
    }
  }
}
