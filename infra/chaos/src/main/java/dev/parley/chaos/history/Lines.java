package dev.parley.chaos.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Arrays;

/// Lines as JSON. Fields that a reader does not know are ignored; what is null is left out.
final class Lines {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();
  private static final ObjectReader READER = JSON.readerFor(Line.class);
  private static final ObjectWriter WRITER = JSON.writerFor(Line.class);

  private Lines() {}

  static byte[] encode(Line line) {
    try {
      byte[] json = WRITER.writeValueAsBytes(line);
      byte[] whole = Arrays.copyOf(json, json.length + 1);
      whole[json.length] = '\n';
      return whole;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a line that cannot be written: " + line, e);
    }
  }

  static Line decode(String json) throws IOException {
    return READER.readValue(json);
  }
}
