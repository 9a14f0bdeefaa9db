package dev.parley.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The headers of a Kafka record of Parley: text values, the format version first. What a reader
/// needs in order to route or decide stands here, so that it never parses the value.
///
/// Not thread-safe while being filled.
public final class RecordHeaders {
  /// The format version that this code writes. Readers are upgraded before writers.
  public static final String VERSION = "1";

  public static final String V = "v";
  public static final String TRACEPARENT = "traceparent";
  public static final String RECEIVED = "received";
  public static final String CAUSE = "cause";

  private static final Pattern MILLIS = Pattern.compile("[0-9]{1,15}");

  private final Map<String, String> values = new LinkedHashMap<>();

  /// Headers of a record to be written.
  public RecordHeaders() {
    values.put(V, VERSION);
  }

  /// Adds `value` under `name`; null adds nothing.
  public RecordHeaders with(String name, @Nullable Object value) {
    if (value != null) {
      values.put(name, value.toString());
    }
    return this;
  }

  /// Name and UTF-8 bytes of each, in order, for the Kafka client.
  public Map<String, byte[]> bytes() {
    Map<String, byte[]> bytes = LinkedHashMap.newLinkedHashMap(values.size());
    values.forEach((name, value) -> bytes.put(name, value.getBytes(UTF_8)));
    return bytes;
  }

  /// The epoch milliseconds that `text` spells, else 0.
  public static long millis(@Nullable String text) {
    return text != null && MILLIS.matcher(text).matches() ? Long.parseLong(text) : 0;
  }

  /// Typed, checked reading of a record's headers.
  ///
  /// @param source the last value of a header, or null
  public record Reader(Function<String, byte @Nullable []> source) {
    /// The text of header `name`, or null.
    public @Nullable String text(String name) {
      byte[] value = source.apply(name);
      return value == null ? null : new String(value, UTF_8);
    }

    /// The text of header `name`.
    ///
    /// @throws MalformedRecord if it is missing
    public String required(String name) throws MalformedRecord {
      String text = text(name);
      if (text == null) {
        throw new MalformedRecord("header '" + name + "' is missing");
      }
      return text;
    }

    /// The id in header `name`, or null.
    ///
    /// @throws MalformedRecord if it is there and not a canonical UUID
    public @Nullable UUID id(String name) throws MalformedRecord {
      String text = text(name);
      if (text == null) {
        return null;
      }
      UUID id = Ids.parse(text);
      if (id == null) {
        throw new MalformedRecord("header '" + name + "' is not a canonical UUID");
      }
      return id;
    }

    /// The id in header `name`.
    ///
    /// @throws MalformedRecord if it is missing or not a canonical UUID
    public UUID requiredId(String name) throws MalformedRecord {
      required(name);
      UUID id = id(name);
      if (id == null) {
        throw new MalformedRecord("header '" + name + "' is missing");
      }
      return id;
    }

    /// The whole number in header `name`.
    ///
    /// @throws MalformedRecord if it is missing or not a number
    public long number(String name) throws MalformedRecord {
      String text = required(name);
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        throw new MalformedRecord("header '" + name + "' is not a whole number");
      }
    }

    /// When a gateway received what led to this record, epoch milliseconds; 0 if that is not known.
    /// Nothing but measuring rests on it, so that a header of another form counts as none.
    public long received() {
      return millis(text(RECEIVED));
    }

    /// Checks that this code can read the record's format.
    ///
    /// @throws MalformedRecord if the version is missing or another one
    public void checkVersion() throws MalformedRecord {
      String version = required(V);
      if (!version.equals(VERSION)) {
        throw new MalformedRecord("format version " + version + " is not " + VERSION);
      }
    }
  }
}
