package dev.parley.gateway.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.Topics;
import dev.parley.contracts.presence.PresenceStatus;
import dev.parley.contracts.presence.SessionRecord;
import dev.parley.contracts.presence.SessionRecord.LiveSession;
import dev.parley.contracts.presence.SessionRecord.Snapshot;
import dev.parley.contracts.presence.SessionRecordCodec;
import dev.parley.contracts.routing.SlotAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionBookTest {
  private static final SlotAddress GATEWAY = new SlotAddress(3, "1-ab");
  private static final UUID USER = new UUID(1, 1);
  private static final UUID SESSION = new UUID(2, 2);

  private record Told(SessionRecord record, int partition) {}

  private final List<Told> told = new ArrayList<>();
  private @Nullable SlotAddress held = GATEWAY;
  private final SessionBook book =
      new SessionBook(
          () -> Optional.ofNullable(held),
          (record, partition) -> told.add(new Told(record, partition)));

  @Test
  void changesGoToTheUsersPartition() {
    book.place(GATEWAY);
    told.clear();
    book.opened(USER, SESSION, 1);
    book.status(USER, SESSION, 2, PresenceStatus.AWAY, "tea");
    book.closed(USER, SESSION, 3);
    int partition = SessionRecordCodec.partition(USER);
    assertEquals(
        List.of(
            new Told(new SessionRecord.Opened(GATEWAY, USER, SESSION, 1), partition),
            new Told(
                new SessionRecord.Status(GATEWAY, USER, SESSION, 2, PresenceStatus.AWAY, "tea"),
                partition),
            new Told(new SessionRecord.Closed(GATEWAY, USER, SESSION, 3), partition)),
        told);
  }

  @Test
  void gatewayThatIsTakenForDeadBringsNobodyBack() {
    book.place(GATEWAY);
    book.opened(USER, SESSION, 1);
    told.clear();
    held = null;
    book.snapshot();
    book.opened(USER, new UUID(3, 3), 2);
    book.status(USER, SESSION, 3, PresenceStatus.AWAY, "tea");
    assertEquals(List.of(), told);
    book.closed(USER, SESSION, 4);
    assertEquals(
        List.of(new SessionRecord.Closed(GATEWAY, USER, SESSION, 4)),
        told.stream().map(Told::record).toList());
    held = new SlotAddress(3, "2-cd");
    told.clear();
    book.snapshot();
    assertEquals(List.of(), told);
  }

  @Test
  void emptySnapshotTellsEveryPartitionThatTheGatewayIsThere() {
    book.place(GATEWAY);
    assertEquals(Topics.SESSION_PARTITIONS, told.size());
    told.forEach(one -> assertEquals(new Snapshot(GATEWAY, 1, 0, true, List.of()), one.record()));
  }

  @Test
  void withoutAPlaceNothingIsToldAndTheNextPlaceTellsAll() {
    book.opened(USER, SESSION, 1);
    book.snapshot();
    assertEquals(List.of(), told);
    book.place(GATEWAY);
    assertTrue(
        told.contains(
            new Told(
                new Snapshot(
                    GATEWAY,
                    1,
                    0,
                    true,
                    List.of(new LiveSession(USER, SESSION, 1, PresenceStatus.ONLINE, null))),
                SessionRecordCodec.partition(USER))));
  }

  @Test
  void statusOfASessionThatHasEndedIsNotTold() {
    book.place(GATEWAY);
    told.clear();
    book.status(USER, SESSION, 2, PresenceStatus.AWAY, null);
    book.closed(USER, SESSION, 3);
    assertEquals(List.of(), told);
  }

  @Test
  void largeSnapshotsComeInPartsThatNeverSplitAUser() {
    for (int i = 0; i < 2_000; i++) {
      book.opened(USER, new UUID(7, i), 1);
      book.opened(new UUID(i, i), new UUID(8, i), 1);
    }
    book.place(GATEWAY);
    for (int partition = 0; partition < Topics.SESSION_PARTITIONS; partition++) {
      List<Snapshot> parts = parts(partition);
      Set<UUID> users = new HashSet<>();
      for (int i = 0; i < parts.size(); i++) {
        assertEquals(i, parts.get(i).part());
        assertEquals(i == parts.size() - 1, parts.get(i).last());
        Set<UUID> ofPart = new HashSet<>();
        parts.get(i).sessions().forEach(session -> ofPart.add(session.user()));
        ofPart.forEach(user -> assertTrue(users.add(user), "split over two parts"));
      }
    }
    assertEquals(
        4_000, told.stream().mapToInt(one -> ((Snapshot) one.record()).sessions().size()).sum());
  }

  private List<Snapshot> parts(int partition) {
    return told.stream()
        .filter(one -> one.partition() == partition)
        .map(one -> (Snapshot) one.record())
        .toList();
  }
}
