package dev.parley.contracts.delivery;

import dev.parley.contracts.Ids;
import dev.parley.contracts.routing.SlotAddress;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where the reply to a command is owed.
///
/// @param gateway slot and incarnation of the session's gateway
/// @param session the session
/// @param ticket the session's own count of its commands; never the client's id, which may repeat
public record ReplyAddress(SlotAddress gateway, UUID session, long ticket) {
  /// The address that `text` spells (`slot.incarnation/session/ticket`), else null.
  public static @Nullable ReplyAddress parse(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String[] parts = text.split("/", -1);
    if (parts.length != 3) {
      return null;
    }
    SlotAddress gateway = SlotAddress.parse(parts[0]);
    UUID session = Ids.parse(parts[1]);
    if (gateway == null || session == null || !parts[2].matches("[0-9]{1,18}")) {
      return null;
    }
    return new ReplyAddress(gateway, session, Long.parseLong(parts[2]));
  }

  @Override
  public String toString() {
    return gateway + "/" + session + "/" + ticket;
  }
}
