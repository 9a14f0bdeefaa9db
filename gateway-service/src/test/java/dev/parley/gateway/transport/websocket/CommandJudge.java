package dev.parley.gateway.transport.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/// What docs/protocol.md promises for any message of a client, written a second time and without a
/// look at how the gateway does it.
final class CommandJudge {
  private static final Set<String> LOGGED = Set.of("send", "edit", "delete", "react", "pin");
  private static final long MOST = (1L << 53) - 1;
  private static final int LONGEST = 64 * 1024;

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              com.fasterxml.jackson.core.JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(LONGEST)
                          .maxNumberLength(LONGEST)
                          .build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  /// @param close the code of the close frame that ends the connection; none: it stays open
  /// @param replies ids that are answered, once for each time that they stand here
  record Verdict(OptionalInt close, List<Long> replies) {}

  private CommandJudge() {}

  static Verdict of(byte[] message) {
    List<Long> replies = new ArrayList<>();
    if (message.length > LONGEST) {
      return new Verdict(OptionalInt.of(1009), replies);
    }
    String text;
    try {
      text = UTF_8.newDecoder().decode(ByteBuffer.wrap(message)).toString();
    } catch (CharacterCodingException e) {
      return new Verdict(OptionalInt.of(1007), replies);
    }
    for (String line : text.split("\n", -1)) {
      if (line.matches("[ \t\r]*")) {
        continue;
      }
      JsonNode object = object(line);
      if (object == null || !object.path("type").isTextual()) {
        return new Verdict(OptionalInt.of(4400), replies);
      }
      OptionalLong id = id(object.path("id"));
      if (id.isEmpty() && LOGGED.contains(object.path("type").textValue())) {
        return new Verdict(OptionalInt.of(4400), replies);
      }
      id.ifPresent(replies::add);
    }
    return new Verdict(OptionalInt.empty(), replies);
  }

  private static JsonNode object(String line) {
    try {
      JsonNode node = JSON.readTree(line);
      return node.isObject() ? node : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private static OptionalLong id(JsonNode id) {
    boolean whole = id.isIntegralNumber() && id.canConvertToLong();
    return whole && id.longValue() >= 0 && id.longValue() <= MOST
        ? OptionalLong.of(id.longValue())
        : OptionalLong.empty();
  }
}
