package dev.parley.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.contracts.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The golden samples: what stands in them is what producers write and consumers read.
public final class Samples {
  private Samples() {}

  /// The text of the sample at `path` under `samples/`.
  public static String text(String path) {
    try (InputStream in = Samples.class.getResourceAsStream("/samples/" + path)) {
      if (in == null) {
        throw new IllegalArgumentException("no sample " + path);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The JSON of the sample at `path` under `samples/`.
  public static JsonText json(String path) {
    return JsonText.of(text(path));
  }

  /// A record as samples show it: one line for the key and each header, an empty line, the value.
  public static String text(byte[] key, RecordHeaders headers, byte[] value) {
    StringBuilder text = new StringBuilder("key: ");
    text.append(key == null ? "none" : Ids.fromBytes(key)).append('\n');
    headers
        .bytes()
        .forEach((name, bytes) ->
            text.append(name).append(": ").append(new String(bytes, UTF_8)).append('\n'));
    return text.append('\n').append(new String(value, UTF_8)).toString();
  }
}
