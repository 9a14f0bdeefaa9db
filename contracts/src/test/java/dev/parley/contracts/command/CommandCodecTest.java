package dev.parley.contracts.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.contracts.MalformedRecord;
import dev.parley.contracts.RecordHeaders;
import dev.parley.contracts.Samples;
import dev.parley.contracts.delivery.ReplyAddress;
import dev.parley.contracts.json.JsonText;
import dev.parley.contracts.routing.SlotAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandCodecTest {
  private static final Command.Send SEND = send(id(6));

  @Test
  void sendIsWrittenAndReadAsItsSample() throws Exception {
    assertSample("command/send.txt", SEND);
  }

  @Test
  void sendWithoutTargetIsWrittenAndReadAsItsSample() throws Exception {
    assertSample("command/send-without-target.txt", send(null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"v", "type", "user", "request", "reply"})
  void missingHeaderIsMalformed(String name) {
    Map<String, byte[]> headers = new HashMap<>(CommandCodec.headers(SEND).bytes());
    headers.remove(name);
    assertMalformed(headers);
  }

  @ParameterizedTest
  @CsvSource({
    "v, 2",
    "type, edit",
    "user, 1-1-1-1-1",
    "request, 01890A5D-AC96-774B-BCCE-B302099A8005",
    "reply, 0.1/01890a5d-ac96-774b-bcce-b302099a8009/1",
    "reply, 3.17-5f3a/01890a5d-ac96-774b-bcce-b302099a8009",
    "replyTo, x"
  })
  void headerOfAnotherFormIsMalformed(String name, String value) {
    Map<String, byte[]> headers = new HashMap<>(CommandCodec.headers(SEND).bytes());
    headers.put(name, value.getBytes(UTF_8));
    assertMalformed(headers);
  }

  @Test
  void missingKeyOrValueIsMalformed() {
    RecordHeaders.Reader headers =
        new RecordHeaders.Reader(CommandCodec.headers(SEND).bytes()::get);
    byte[] key = CommandCodec.key(SEND);
    byte[] value = CommandCodec.value(SEND);
    assertThrows(MalformedRecord.class, () -> CommandCodec.decode(null, headers, value));
    assertThrows(MalformedRecord.class, () -> CommandCodec.decode(new byte[15], headers, value));
    assertThrows(MalformedRecord.class, () -> CommandCodec.decode(key, headers, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "text", "{}\n", "{\"text\":\n\"two lines\"}", "{\u0000}"})
  void contentOfAnotherFormIsMalformed(String content) {
    assertMalformed(content.getBytes(UTF_8));
  }

  @Test
  void contentThatIsTooLargeOrNotUtf8IsMalformed() throws Exception {
    byte[] content = ("{\"text\":\"" + "x".repeat(32 * 1024 - 11) + "\"}").getBytes(UTF_8);
    decode(content);
    assertMalformed(Arrays.copyOf(content, content.length + 1));
    content[20] = (byte) 0xC3;
    assertMalformed(content);
  }

  private static void assertMalformed(byte[] content) {
    assertThrows(MalformedRecord.class, () -> decode(content));
  }

  private static void decode(byte[] content) throws MalformedRecord {
    CommandCodec.decode(
        CommandCodec.key(SEND),
        new RecordHeaders.Reader(CommandCodec.headers(SEND).bytes()::get),
        content);
  }

  private static void assertMalformed(Map<String, byte[]> headers) {
    assertThrows(
        MalformedRecord.class,
        () ->
            CommandCodec.decode(
                CommandCodec.key(SEND),
                new RecordHeaders.Reader(headers::get),
                CommandCodec.value(SEND)));
  }

  private static void assertSample(String sample, Command command) throws MalformedRecord {
    byte[] key = CommandCodec.key(command);
    RecordHeaders headers = CommandCodec.headers(command);
    byte[] value = CommandCodec.value(command);
    assertEquals(Samples.text(sample), Samples.text(key, headers, value));
    assertEquals(
        command, CommandCodec.decode(key, new RecordHeaders.Reader(headers.bytes()::get), value));
  }

  private static Command.Send send(UUID replyTo) {
    return new Command.Send(
        id(1),
        id(2),
        id(5),
        new ReplyAddress(new SlotAddress(3, "17-5f3a"), id(9), 42),
        replyTo,
        JsonText.of("{\"text\":\"hi 你好\"}"));
  }

  private static UUID id(int n) {
    return UUID.fromString("01890a5d-ac96-774b-bcce-b302099a800" + n);
  }
}
