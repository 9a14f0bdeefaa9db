package dev.parley.messages.fanout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.contracts.Topics;
import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.delivery.ReplyAddress;
import dev.parley.contracts.event.EventKind;
import dev.parley.contracts.json.JsonText;
import dev.parley.contracts.routing.Route;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.runtime.routing.Lookup;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AddressingTest {
  private static final Set<Integer> EVERYONE = Set.of(Topics.BROADCAST);
  private static final Lookup UNKNOWN = new Lookup.Unknown();
  private static final JsonText JSON = JsonText.of("{}");

  private final UUID conversation = UUID.randomUUID();
  private final UUID member = UUID.randomUUID();
  private final ReplyAddress owed = new ReplyAddress(new SlotAddress(9, "1-x"), member, 1);

  @Test
  void unknownRoutesAreBroadcast() {
    assertEquals(EVERYONE, Addressing.partitions(message(null), UNKNOWN));
    assertEquals(EVERYONE, Addressing.partitions(message(owed), UNKNOWN));
  }

  @Test
  void repliesGoToTheirSlotWhateverIsKnown() {
    assertEquals(Set.of(9), Addressing.partitions(new Delivery.Reply(owed, JSON), UNKNOWN));
  }

  @Test
  void oneInterestedGatewayGetsARecordOfItsOwn() {
    assertEquals(Set.of(1), Addressing.partitions(message(null), known(1, 1)));
    assertEquals(Set.of(1), Addressing.partitions(message(null), known(2, 1)));
  }

  @Test
  void upToAQuarterOfTheGatewaysIsDirected() {
    assertEquals(Set.of(1, 2), Addressing.partitions(message(null), known(8, 2)));
    assertEquals(EVERYONE, Addressing.partitions(message(null), known(7, 2)));
  }

  @Test
  void nobodyInterestedGetsNothing() {
    assertEquals(Set.of(), Addressing.partitions(message(null), known(8, 0)));
  }

  @Test
  void senderGetsItsReplyAlsoWithoutInterest() {
    assertEquals(Set.of(9), Addressing.partitions(message(owed), known(8, 0)));
    assertEquals(Set.of(1, 9), Addressing.partitions(message(owed), known(8, 1)));
  }

  @Test
  void joinedAndLeftGoToTheMembersSessionsToo() {
    Lookup lookup =
        new Lookup.Known(
            16,
            Map.of(
                Route.conversation(conversation), slots(1),
                Route.user(member), Set.of(new SlotAddress(5, "1-x"))));
    assertEquals(Set.of(1, 5), Addressing.partitions(event(EventKind.JOINED, null), lookup));
    assertEquals(Set.of(1, 5), Addressing.partitions(event(EventKind.LEFT, null), lookup));
    assertEquals(Set.of(1), Addressing.partitions(event(EventKind.ROLE, null), lookup));
  }

  private Delivery.Event message(ReplyAddress reply) {
    return event(EventKind.MESSAGE, reply);
  }

  private Delivery.Event event(EventKind kind, ReplyAddress reply) {
    return new Delivery.Event(
        conversation, 1, 0, kind.wire(), UUID.randomUUID(), member, null, reply, JSON);
  }

  private Lookup known(int live, int interested) {
    return new Lookup.Known(live, Map.of(Route.conversation(conversation), slots(interested)));
  }

  private static Set<SlotAddress> slots(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(slot -> new SlotAddress(slot, "1-x"))
        .collect(Collectors.toSet());
  }
}
