package dev.parley.gateway.slot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.contracts.CloseCode;
import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.gateway.feed.Deliveries;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class ComparisonsTest {
  private int asked;
  private CompletableFuture<Void> answer = new CompletableFuture<>();
  private final Comparisons comparisons =
      new Comparisons(
          new Deliveries() {
            @Override
            public int accept(List<Delivery> batch, SlotAddress here) {
              return 0;
            }

            @Override
            public CompletionStage<Void> compareAll() {
              asked++;
              return answer;
            }

            @Override
            public void closeAll(CloseCode code, String reason) {}
          });

  @Test
  void oneIsMadeAtATimeAndOneAskedForMeanwhileFollows() {
    comparisons.compare();
    comparisons.compare();
    comparisons.compare();
    assertEquals(1, asked);
    CompletableFuture<Void> first = answer;
    answer = new CompletableFuture<>();
    first.complete(null);
    assertEquals(2, asked);
    answer.complete(null);
    assertEquals(2, asked);
  }

  @Test
  void nothingIsComparedThatIsNotOwed() {
    comparisons.beat();
    assertEquals(0, asked);
  }

  @Test
  void oneThatFailsIsOwed() {
    comparisons.compare();
    CompletableFuture<Void> first = answer;
    answer = new CompletableFuture<>();
    first.completeExceptionally(new IllegalStateException("no message-service"));
    assertEquals(1, asked);
    comparisons.beat();
    assertEquals(2, asked);
    answer.complete(null);
    comparisons.beat();
    assertEquals(2, asked);
  }
}
