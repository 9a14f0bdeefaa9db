package dev.parley.chaos.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class SignalsTest {

  @Test
  void whetherASignalArrivedIsTold() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sleep", "60").start();
    try {
      assertEquals(true, Signals.family("STOP", process.toHandle()));
      assertEquals(true, Signals.family("CONT", process.toHandle()));
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertEquals(false, Signals.family("STOP", process.toHandle()));
  }
}
