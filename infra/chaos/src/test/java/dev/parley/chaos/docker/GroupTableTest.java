package dev.parley.chaos.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupTableTest {
  @Test
  void lagsAreSummedForEachGroup() throws IOException {
    assertEquals(
        Map.of("message-service.commands", 5L, "presence-service", 7L),
        GroupTable.lags(
            """

            GROUP                    TOPIC    PARTITION  CURRENT-OFFSET  LOG-END-OFFSET  LAG  CONSUMER-ID  HOST          CLIENT-ID
            message-service.commands commands 1          10              12              2    one-1        /172.18.0.12  one
            message-service.commands commands 0          4               7               3    -            -             -
            message-service.commands commands 2          -               0               -    -            -             -

            Consumer group 'presence-service' has no active members.

            GROUP            TOPIC    PARTITION  CURRENT-OFFSET  LOG-END-OFFSET  LAG  CONSUMER-ID  HOST  CLIENT-ID
            presence-service presence 0          1               8               7    -            -     -
            """));
  }

  @Test
  void nothingButWordsIsNoLag() throws IOException {
    assertEquals(Map.of(), GroupTable.lags("\nConsumer group 'a' has no active members.\n"));
  }

  @Test
  void aTableWithoutLagsIsRefused() throws IOException {
    assertThrows(IOException.class, () -> GroupTable.lags("GROUP TOPIC\ngroup topic\n"));
  }
}
