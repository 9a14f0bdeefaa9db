package dev.parley.chaos.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.parley.chaos.schedule.FaultKind;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
  private static final String DATABASE = "jdbc:postgresql://127.0.0.1:2/messages?user=messages";
  private static final Place.Compose CONTAINERS =
      new Place.Compose("parley", URI.create("http://127.0.0.1:1"), DATABASE, "s/cret");

  @Test
  void theReplayIsTheWholeCommand() {
    assertEquals(
        "./parley chaos --seed 7 --faults 9 --brokers 3 --gateways 2"
            + " --set 'gateway.a=b c' --clients 60 --rate 30.5",
        options(List.of(FaultKind.values()), new Place.Own(3, 2, List.of("gateway.a=b c")), 30.5)
            .replay());
  }

  @Test
  void theReplayOfARunAgainstContainersNamesThemAndKeepsThePassword() {
    String replay = options(List.of(FaultKind.KILL), CONTAINERS, Options.USUAL_RATE).replay();
    assertEquals(
        "./parley chaos --seed 7 --faults 9 --only kill --compose parley"
            + " --entry http://127.0.0.1:1 --database '"
            + DATABASE
            + "' --clients 60",
        replay);
    assertFalse(replay.contains("cret"));
  }

  @Test
  void theDatabaseIsToldThePassword() {
    assertEquals(DATABASE + "&password=s%2Fcret", CONTAINERS.credentials());
    assertEquals(
        "jdbc:postgresql://127.0.0.1:2/messages",
        new Place.Compose(
                "parley", CONTAINERS.entry(), "jdbc:postgresql://127.0.0.1:2/messages", "")
            .credentials());
  }

  private static Options options(List<FaultKind> kinds, Place place, double rate) {
    return new Options(
        7, null, 9, kinds, null, place, 60, rate, Path.of("data"), Path.of("results.json"), false);
  }
}
