package dev.parley.contracts.routing;

import dev.parley.contracts.Topics;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A gateway's place in `deliveries` during one life of that gateway; also the member of a route.
///
/// @param slot partition of `deliveries`, 1 to [Topics#SLOTS]
/// @param incarnation tells this holder of the slot from every earlier one: counter and random part
public record SlotAddress(int slot, String incarnation) {
  private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,5})\\.([0-9a-z-]{1,64})");

  /// The address that `text` spells (`slot.incarnation`), else null.
  public static @Nullable SlotAddress parse(@Nullable String text) {
    if (text == null) {
      return null;
    }
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    int slot = Integer.parseInt(matcher.group(1));
    return slot <= Topics.SLOTS ? new SlotAddress(slot, matcher.group(2)) : null;
  }

  @Override
  public String toString() {
    return slot + "." + incarnation;
  }
}
