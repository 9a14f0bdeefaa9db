package dev.parley.chaos.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
  private static final UUID C = new UUID(0, 1);
  private static final UUID U = new UUID(0, 2);
  private static final UUID M = new UUID(0, 3);

  @TempDir Path directory;

  @Test
  void everyKindOfEntryComesBackAsItWas() throws IOException {
    Push.Event event = new Push.Event(C, 5, 99, "message", U, M, null, null, Long.MIN_VALUE, false);
    List<Entry> entries =
        List.of(
            new Link.Connect(true, Map.of(C, 4L)),
            new Link.Connected(M, List.of(new Link.Head(C, 5))),
            new Link.Closed(1012, "reconnect within=2"),
            new Link.Cut(),
            new Link.Subscribe(C, null),
            new Link.Subscribed(C, 4L, 5),
            new Link.Unsubscribe(C),
            new Link.Unsubscribed(C),
            new Wish.Send(C, M, 1, Via.SOCKET, 7, 20),
            new Wish.Change(C, M, 1, Via.REST, ChangeKind.ADD, null, U, "member", 3),
            new Wish.Create(M, 1, "group", List.of(U)),
            new Answer.Sent(C, M, 1, Via.SOCKET, 5, true, 99),
            new Answer.Done(C, M, 2, Via.REST, null, false, null),
            new Answer.Created(M, 1, C, 3, false),
            new Answer.Refused(M, 1, Via.SOCKET, "timeout", 1500L),
            new Answer.Unknown(M, 1, Via.REST, "reset"),
            event,
            new Push.Behind(C, 1, 9, true),
            new Push.Joined(C, 3),
            new Push.Left(C, null),
            new Push.Odd("two replies to 5"),
            new Reading.Read(C, M, Purpose.FINAL, Via.REST, 0L, null, 200),
            new Reading.Page(M, List.of(event), true),
            new Reading.Failed(M, "unavailable"),
            new Entry.Finished(Map.of(C, 5L)));
    Path file = written(entries);
    List<Line> read = new ArrayList<>();
    try (HistoryReader reader = new HistoryReader(file)) {
      for (Line line = reader.next(); line != null; line = reader.next()) {
        read.add(line);
      }
      assertFalse(reader.torn());
    }
    assertEquals(new Line(0, new Entry.Device(U, "phone")), read.getFirst());
    assertEquals(entries, read.stream().skip(1).map(Line::what).toList());
    assertEquals(entries.size(), read.getLast().at());
  }

  @Test
  void aLastLineCutInTheMiddleIsPassedOverAndTold() throws IOException {
    Path file = written(List.of(new Link.Cut()));
    Files.writeString(file, "{\"at\":7,\"what\":{\"ty", StandardOpenOption.APPEND);
    try (HistoryReader reader = new HistoryReader(file)) {
      reader.next();
      assertEquals(new Link.Cut(), reader.next().what());
      assertNull(reader.next());
      assertTrue(reader.torn());
    }
  }

  @Test
  void aBrokenLineWithItsEndIsAnError() throws IOException {
    Path file = written(List.of());
    Files.writeString(file, "{\"at\":7,\"what\":{\"ty\n", StandardOpenOption.APPEND);
    try (HistoryReader reader = new HistoryReader(file)) {
      reader.next();
      IOException error = assertThrows(IOException.class, reader::next);
      assertTrue(error.getMessage().contains("line 2"), error.getMessage());
    }
  }

  private Path written(List<Entry> entries) throws IOException {
    Path file = directory.resolve("one.jsonl");
    AtomicLong clock = new AtomicLong();
    try (HistoryWriter writer =
        new HistoryWriter(file, clock::getAndIncrement, new Entry.Device(U, "phone"))) {
      entries.forEach(writer::write);
    }
    return file;
  }
}
