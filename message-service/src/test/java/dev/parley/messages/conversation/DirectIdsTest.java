package dev.parley.messages.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DirectIdsTest {
  @Property
  void theOrderOfTheTwoDoesNotMatter(
      @ForAll long a, @ForAll long b, @ForAll long c, @ForAll long d) {
    UUID one = new UUID(a, b);
    UUID other = new UUID(c, d);
    UUID id = DirectIds.of(one, other);
    assertEquals(id, DirectIds.of(other, one));
    assertEquals(5, id.version());
    assertEquals(2, id.variant());
  }

  /// Stored conversations are found by this id: it never changes.
  @Test
  void theIdIsForEver() {
    assertEquals(
        UUID.fromString("79676675-fe04-50b2-b312-e2489a5ad913"),
        DirectIds.of(
            UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057"),
            UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8058")));
  }
}
