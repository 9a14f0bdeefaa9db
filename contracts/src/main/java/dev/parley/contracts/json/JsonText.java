package dev.parley.contracts.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// The UTF-8 text of one JSON value on one line. It is made once and carried as it is: nobody
/// between the maker and the client parses or copies it.
public final class JsonText {
  private final byte[] utf8;

  private JsonText(byte[] utf8) {
    this.utf8 = utf8;
  }

  /// Wraps `utf8` without a copy; the caller gives the array away and no longer changes it.
  public static JsonText of(byte[] utf8) {
    return new JsonText(utf8);
  }

  /// The text `json`.
  public static JsonText of(String json) {
    return new JsonText(json.getBytes(UTF_8));
  }

  /// The bytes themselves, not a copy: readers do not change them.
  public byte[] utf8() {
    return utf8;
  }

  /// Length in bytes.
  public int length() {
    return utf8.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonText that && Arrays.equals(utf8, that.utf8);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(utf8);
  }

  @Override
  public String toString() {
    return new String(utf8, UTF_8);
  }
}
