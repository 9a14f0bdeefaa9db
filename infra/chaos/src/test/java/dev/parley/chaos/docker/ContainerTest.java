package dev.parley.chaos.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContainerTest {
  @Test
  void namesLoseTheProject() throws IOException {
    assertEquals(
        List.of(
            new Container("a1", "gateway-service-2", "gateway-service"),
            new Container("b2", "kafka-2-1", "kafka-2"),
            new Container("c3", "mine", "redis")),
        Container.parse(
            "parley-test-1",
            """
            a1 parley-test-1-gateway-service-2 gateway-service running
            b2 parley-test-1-kafka-2-1 kafka-2 restarting
            c3 mine redis running
            """));
  }

  @Test
  void whatHasEndedIsLeftOut() throws IOException {
    assertEquals(List.of(), Container.parse("parley", "a1 parley-secrets-1 secrets exited\n"));
    assertEquals(List.of(), Container.parse("parley", ""));
  }

  @Test
  void anythingElseIsNotTakenForContainers() throws IOException {
    assertThrows(IOException.class, () -> Container.parse("parley", "Cannot connect\n"));
  }
}
