package dev.parley.gateway.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.routing.Route;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RouteBookTest {
  private static final long LINGER = 30;
  private static final Route ONE = Route.user(new UUID(0, 1));

  private final RouteBook book = new RouteBook(LINGER);

  @Test
  void interestThatComesBackWithinTheLingerIsNeverRemoved() {
    record(ONE);
    book.release(ONE, 0);
    assertTrue(book.want(ONE).isDone());
    assertNull(book.next(10, LINGER + 1));
  }

  @Test
  void interestThatEndedIsRemovedAfterTheLinger() {
    record(ONE);
    book.release(ONE, 0);
    assertNull(book.next(10, LINGER - 1));
    assertEquals(List.of(ONE), book.next(10, LINGER).removed());
  }

  @Test
  void interestDuringItsRemovalIsWrittenAfterIt() {
    record(ONE);
    book.release(ONE, 0);
    assertNotNull(book.next(10, LINGER));
    CompletableFuture<Void> again = book.want(ONE);
    assertNull(book.next(10, LINGER), "one batch at a time");
    book.written();
    assertFalse(again.isDone());
    assertEquals(List.of(ONE), book.next(10, LINGER).added());
  }

  @Test
  void nobodyWaitsForABatchThatFailed() {
    CompletableFuture<Void> recorded = book.want(ONE);
    book.next(10, 0);
    assertEquals(List.of(recorded), book.failed(0));
    assertEquals(List.of(ONE), book.next(10, 0).added());
  }

  /// Whatever is wanted, released, written, lost or wiped in whatever order: once all is written,
  /// Redis holds exactly what is wanted.
  @Property(tries = 1000)
  void whatIsRecordedComesToBeWhatIsWanted(@ForAll long seed) {
    RouteBook book = new RouteBook(LINGER);
    Random random = new Random(seed);
    List<Route> routes = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      routes.add(Route.conversation(new UUID(0, i)));
    }
    Set<Route> wanted = new HashSet<>();
    Set<Route> redis = new HashSet<>();
    RouteBook.Batch underWay = null;
    long now = 0;
    for (int i = 0; i < 200; i++) {
      Route route = routes.get(random.nextInt(routes.size()));
      now += random.nextInt(10);
      switch (random.nextInt(6)) {
        case 0 -> {
          wanted.add(route);
          boolean recorded = book.want(route).isDone();
          assertTrue(!recorded || redis.contains(route) || underWay != null);
        }
        case 1 -> {
          if (wanted.remove(route)) {
            book.release(route, now);
          }
        }
        case 2 -> {
          redis.clear();
          book.writeAgain();
        }
        case 3 -> underWay = underWay == null ? book.next(2, now) : underWay;
        default -> underWay = finish(book, underWay, redis, random, now);
      }
    }
    finish(book, underWay, redis, new Random(0), now);
    book.writeAgain();
    now += 2 * LINGER;
    for (int rounds = 0; rounds < 50; rounds++) {
      now += LINGER;
      RouteBook.Batch batch = book.next(2, now);
      if (batch != null) {
        redis.addAll(batch.added());
        batch.removed().forEach(redis::remove);
        book.written();
      }
    }
    assertEquals(wanted, redis);
    assertEquals(wanted.size(), book.size());
    assertTrue(book.settled());
  }

  private static RouteBook.Batch finish(
      RouteBook book, RouteBook.Batch batch, Set<Route> redis, Random random, long now) {
    if (batch != null) {
      boolean arrived = random.nextInt(3) > 0;
      if (arrived) {
        redis.addAll(batch.added());
        batch.removed().forEach(redis::remove);
      }
      if (arrived && random.nextInt(3) > 0) {
        book.written();
      } else {
        book.failed(now);
      }
    }
    return null;
  }

  private void record(Route route) {
    CompletableFuture<Void> recorded = book.want(route);
    assertEquals(List.of(route), book.next(10, 0).added());
    assertEquals(List.of(recorded), book.written());
  }
}
