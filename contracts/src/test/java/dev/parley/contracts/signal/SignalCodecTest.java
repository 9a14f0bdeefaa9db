package dev.parley.contracts.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.contracts.MalformedRecord;
import dev.parley.contracts.RecordHeaders;
import dev.parley.contracts.Samples;
import dev.parley.contracts.delivery.ReplyAddress;
import dev.parley.contracts.json.JsonText;
import dev.parley.contracts.routing.SlotAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignalCodecTest {
  private static final UUID CONVERSATION = id(1);
  private static final UUID USER = id(2);
  private static final ReplyAddress FROM =
      new ReplyAddress(new SlotAddress(3, "17-5f3a"), id(9), 42);
  private static final Signal TYPING = new Signal.Typing(CONVERSATION, USER, FROM, false);
  private static final Signal CUSTOM =
      new Signal.Custom(
          CONVERSATION, USER, FROM, true, "cursor \"1\"", JsonText.of("{\"x\":1,\"y\":[2]}"));
  private static final Signal READ = new Signal.Read(CONVERSATION, USER, FROM, true, 58);

  @Test
  void typingIsWrittenReadAndShownAsItsSamples() throws Exception {
    assertSample("signal/typing.txt", TYPING);
    assertEquals(Samples.json("signal/typing.json"), PushEncoder.encode(TYPING));
  }

  @Test
  void signalIsWrittenReadAndShownAsItsSamples() throws Exception {
    assertSample("signal/signal.txt", CUSTOM);
    assertEquals(Samples.json("signal/signal.json"), PushEncoder.encode(CUSTOM));
  }

  @Test
  void readIsWrittenReadAndShownAsItsSamples() throws Exception {
    assertSample("signal/read.txt", READ);
    assertEquals(Samples.json("signal/receipt.json"), PushEncoder.encode(READ));
  }

  @ParameterizedTest
  @ValueSource(strings = {"v", "type", "user", "from", "replyWanted", "seq"})
  void missingHeaderIsMalformed(String name) {
    Map<String, byte[]> headers = new HashMap<>(SignalCodec.headers(READ).bytes());
    headers.remove(name);
    assertThrows(
        MalformedRecord.class,
        () ->
            SignalCodec.decode(
                SignalCodec.key(READ), new RecordHeaders.Reader(headers::get), new byte[0]));
  }

  private static void assertSample(String sample, Signal signal) throws MalformedRecord {
    byte[] key = SignalCodec.key(signal);
    RecordHeaders headers = SignalCodec.headers(signal);
    byte[] value = SignalCodec.value(signal);
    assertEquals(Samples.text(sample), Samples.text(key, headers, value));
    assertEquals(
        signal, SignalCodec.decode(key, new RecordHeaders.Reader(headers.bytes()::get), value));
  }

  private static UUID id(int n) {
    return UUID.fromString("01890a5d-ac96-774b-bcce-b302099a800" + n);
  }
}
