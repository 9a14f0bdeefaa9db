package dev.parley.gateway.slot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.contracts.CloseCode;
import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.gateway.feed.Deliveries;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class ComparisonsTest {
  private final List<Boolean> asked = new ArrayList<>();
  private CompletableFuture<Void> answer = new CompletableFuture<>();
  private final Comparisons comparisons =
      new Comparisons(
          new Deliveries() {
            @Override
            public int accept(List<Delivery> batch, SlotAddress here) {
              return 0;
            }

            @Override
            public CompletionStage<Void> compareHeads(boolean all) {
              asked.add(all);
              return answer;
            }

            @Override
            public void closeAll(CloseCode code, String reason) {}
          });

  @Test
  void oneIsMadeAtATime() {
    comparisons.compare(false);
    comparisons.compare(false);
    assertEquals(List.of(false), asked);
    answer.complete(null);
    comparisons.compare(false);
    assertEquals(List.of(false, false), asked);
  }

  @Test
  void wholeOneThatIsAskedForDuringAnotherFollowsIt() {
    comparisons.compare(false);
    comparisons.compare(true);
    CompletableFuture<Void> first = answer;
    answer = new CompletableFuture<>();
    first.complete(null);
    assertEquals(List.of(false, true), asked);
  }

  @Test
  void wholeOneThatFailsIsOwed() {
    comparisons.compare(true);
    CompletableFuture<Void> first = answer;
    answer = new CompletableFuture<>();
    first.completeExceptionally(new IllegalStateException("no message-service"));
    assertEquals(List.of(true), asked);
    comparisons.compare(false);
    answer.complete(null);
    comparisons.compare(false);
    assertEquals(List.of(true, true, false), asked);
  }
}
