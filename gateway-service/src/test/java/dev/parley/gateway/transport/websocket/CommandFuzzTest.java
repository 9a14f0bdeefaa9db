package dev.parley.gateway.transport.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.frame.ClientFrames;
import dev.parley.contracts.frame.ParsedFrame;
import dev.parley.contracts.frame.ServerFrames;
import dev.parley.contracts.json.JsonLimits;
import dev.parley.contracts.json.JsonReader;
import dev.parley.contracts.json.JsonText;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Commands as [CommandMutator] makes them, to the parser alone.
class CommandFuzzTest {
  private static final int COMMANDS = 30_000;

  @Test
  void everyCommandIsJudgedAsTheProtocolSays() throws Exception {
    Fuzz fuzz = Fuzz.begin("the parser of commands");
    for (int i = 0; i < Fuzz.inputs(COMMANDS); i++) {
      byte[] line = new CommandMutator(fuzz.input(i), i).line();
      if (new String(line, UTF_8).contains("\n")) {
        continue; // The reader of messages splits these.
      }
      CommandJudge.Verdict verdict = CommandJudge.of(line);
      if (verdict.close().equals(OptionalInt.of(1009)) || new String(line, UTF_8).isBlank()) {
        continue; // It does not get as far as the parser.
      }
      ParsedFrame parsed = ClientFrames.parse(line, 0, line.length, JsonLimits.COMMAND);
      String what = "input " + i + " of seed " + fuzz.seed + ": " + shown(line);
      assertEquals(verdict.close().isPresent(), parsed instanceof ParsedFrame.Broken, what);
      switch (parsed) {
        case ParsedFrame.Broken(String reason) -> assertTrue(reason.getBytes(UTF_8).length <= 123);
        case ParsedFrame.Accepted accepted -> assertIds(verdict, accepted.frame().id(), what);
        case ParsedFrame.Refused refused -> {
          assertIds(verdict, refused.id(), what);
          JsonText error =
              ServerFrames.error(refused.code(), refused.message(), OptionalLong.empty());
          JsonReader.read(error.utf8()); // It can be said at all, whatever it repeats.
        }
      }
    }
  }

  private static void assertIds(CommandJudge.Verdict verdict, OptionalLong id, String what) {
    assertEquals(verdict.replies(), LongStream.of(id.stream().toArray()).boxed().toList(), what);
  }

  private static String shown(byte[] line) {
    String text = new String(line, UTF_8);
    return text.length() < 2_000 ? text : text.substring(0, 2_000) + "...";
  }
}
