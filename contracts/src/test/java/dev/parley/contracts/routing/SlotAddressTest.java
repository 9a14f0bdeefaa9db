package dev.parley.contracts.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.parley.contracts.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotAddressTest {
  @Test
  void everySlotIsSpelled() {
    for (int slot = 1; slot <= Topics.SLOTS; slot++) {
      SlotAddress address = new SlotAddress(slot, "7-af3");
      assertEquals(address, SlotAddress.parse(address.toString()));
    }
  }

  /// A reply to a slot that there is not could never be sent, and held up all that came after it.
  @ParameterizedTest
  @ValueSource(strings = {"0.a", "65.a", "999999.a", "1000000.a", "1", "1.", "1.A", "-1.a", ""})
  void whatIsNoSlotIsNone(String text) {
    assertNull(SlotAddress.parse(text));
  }
}
