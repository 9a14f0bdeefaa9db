package dev.parley.messages.probe;

import dev.parley.contracts.command.Command;
import dev.parley.contracts.delivery.ReplyAddress;
import dev.parley.contracts.json.JsonText;
import dev.parley.contracts.routing.SlotAddress;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// Commands of sessions that do not exist.
public final class Sends {
  private static final AtomicLong TICKET = new AtomicLong();
  private static final UUID SESSION = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a9999");

  private Sends() {}

  public static Command.Send by(UUID user, UUID conversation, UUID message) {
    return by(user, conversation, message, JsonText.of("{\"text\":\"hello\"}"));
  }

  public static Command.Send by(UUID user, UUID conversation, UUID message, JsonText content) {
    return new Command.Send(conversation, user, message, address(), null, content);
  }

  public static ReplyAddress address() {
    return new ReplyAddress(new SlotAddress(7, "1-test"), SESSION, TICKET.incrementAndGet());
  }
}
