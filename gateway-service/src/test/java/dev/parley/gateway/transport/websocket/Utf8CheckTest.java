package dev.parley.gateway.transport.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class Utf8CheckTest {
  private static boolean valid(byte[] text) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static boolean check(Utf8Check check, byte[] text, int cut) {
    return check.accepts(Arrays.copyOf(text, cut))
        && check.accepts(Arrays.copyOfRange(text, cut, text.length))
        && check.complete();
  }

  @Test
  void everySequenceOfUpToThreeBytesIsJudgedAsJavaDoes() {
    for (int lead = 0; lead < 256; lead++) {
      for (int second = 0; second < 256; second++) {
        byte[] two = {(byte) lead, (byte) second};
        assertEquals(valid(two), check(new Utf8Check(), two, 1));
        for (int third : new int[] {0x7F, 0x80, 0xBF, 0xC0}) {
          byte[] three = {(byte) lead, (byte) second, (byte) third};
          assertEquals(valid(three), check(new Utf8Check(), three, 2));
        }
      }
    }
  }

  @Test
  void fourByteSequencesAreJudgedAsJavaDoes() {
    for (int lead = 0xEE; lead < 256; lead++) {
      for (int second = 0x70; second < 0xD0; second++) {
        byte[] four = {(byte) lead, (byte) second, (byte) 0x80, (byte) 0xBF};
        assertEquals(valid(four), check(new Utf8Check(), four, 3));
      }
    }
  }

  @Property
  void anyTextPassesWhereverItIsCut(@ForAll @Size(max = 20) String text, @ForAll int at) {
    byte[] bytes = text.getBytes(UTF_8);
    assertTrue(check(new Utf8Check(), bytes, Math.floorMod(at, bytes.length + 1)));
  }

  @Property
  void anyBytesAreJudgedAsJavaDoes(@ForAll @Size(max = 12) byte[] bytes, @ForAll int at) {
    int cut = Math.floorMod(at, bytes.length + 1);
    assertEquals(valid(bytes), check(new Utf8Check(), bytes, cut));
  }
}
