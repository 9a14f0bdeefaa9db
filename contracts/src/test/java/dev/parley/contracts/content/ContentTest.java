package dev.parley.contracts.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.json.JsonReader;
import dev.parley.contracts.json.NotJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTest {
  private static final String USER = "\"01890a5d-ac96-774b-bcce-b302099a8057\"";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"text\":\"hi\"}",
        "{\"text\":null,\"format\":\"plain\"}",
        "{\"format\":\"markdown\",\"attachments\":[{\"url\":\"x\"}],\"mentions\":[]}",
        "{\"mentions\":[\"01890a5d-ac96-774b-bcce-b302099a8057\"]}",
        "{\"mine\":{\"price\":1.10}}"
      })
  void soundContentIsKeptAsItIs(String content) throws Exception {
    assertEquals(content, check(content));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "\"hi\"",
        "null",
        "{\"text\":1}",
        "{\"format\":\"html\"}",
        "{\"format\":1}",
        "{\"attachments\":{}}",
        "{\"mentions\":\"x\"}",
        "{\"mentions\":[\"x\"]}",
        "{\"mentions\":[1]}",
        "{\"thread\":1}",
        "{\"tenant\":\"a\"}",
        "{\"encrypted\":false}"
      })
  void otherContentIsABadRequest(String content) {
    assertRefused(ErrorCode.BAD_REQUEST, content);
  }

  @Test
  void hundredMentionsAreAllowedAndOneMoreIsNot() throws Exception {
    check("{\"mentions\":[" + USER + ("," + USER).repeat(99) + "]}");
    assertRefused(
        ErrorCode.BAD_REQUEST, "{\"mentions\":[" + USER + ("," + USER).repeat(100) + "]}");
  }

  @Test
  void contentIsMeasuredCompactInBytes() throws Exception {
    int frame = "{\"text\":\"\"}".length();
    check("{\"text\":\"" + "a".repeat(Content.MAX_BYTES - frame) + "\"}");
    check("{  \"text\" : \"" + "a".repeat(Content.MAX_BYTES - frame) + "\"}");
    assertRefused(
        ErrorCode.TOO_LARGE, "{\"text\":\"" + "a".repeat(Content.MAX_BYTES - frame + 1) + "\"}");
    assertRefused(ErrorCode.TOO_LARGE, "{\"text\":\"" + "é".repeat(Content.MAX_BYTES / 2) + "\"}");
  }

  private static void assertRefused(ErrorCode code, String content) {
    assertEquals(code, assertThrows(InvalidContent.class, () -> check(content)).code());
  }

  private static String check(String content) throws NotJson, InvalidContent {
    byte[] request = ("{\"content\":" + content + "}").getBytes(UTF_8);
    return Content.check(JsonReader.read(request).object().get("content")).toString();
  }
}
