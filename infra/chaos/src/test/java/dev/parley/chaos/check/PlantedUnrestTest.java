package dev.parley.chaos.check;

import static dev.parley.chaos.check.Invariant.AT_REST;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Something is not back to rest at the end.
class PlantedUnrestTest extends Planting {

  @Test
  void consumerIsBehind() throws IOException {
    unrest(new Rest(List.of(new Rest.Lag("messages", 3)), List.of(), List.of(), List.of()));
  }

  @Test
  void presenceIsFalse() throws IOException {
    Rest.Presence false_ = new Rest.Presence("ann", "online", "offline");
    unrest(new Rest(List.of(), List.of(false_), List.of(), List.of()));
  }

  @Test
  void memoryIsNotGivenBack() throws IOException {
    Rest.Memory memory = new Rest.Memory("gateway-1", 200 << 20, 100 << 20);
    unrest(new Rest(List.of(), List.of(), List.of(memory), List.of()));
  }

  @Test
  void sessionIsStuck() throws IOException {
    unrest(new Rest(List.of(), List.of(), List.of(), List.of("one session has no client")));
  }

  private void unrest(Rest rest) throws IOException {
    Recorded recorded = scene.finish();
    recorded.rest = rest;
    caught(recorded, AT_REST);
  }
}
