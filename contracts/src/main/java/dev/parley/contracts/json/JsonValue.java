package dev.parley.contracts.json;

import java.util.List;

/// A parsed JSON value. Numbers keep their text, objects the order of their keys, so that writing a
/// value again says exactly what was read.
public sealed interface JsonValue permits JsonObject, JsonValue.Scalar, JsonValue.Items {
  /// This value as compact UTF-8 text: no white space, nothing escaped that need not be.
  default JsonText compact() {
    return JsonWriter.compact(this);
  }

  /// A value without values in it.
  sealed interface Scalar extends JsonValue permits Text, Numeral, Truth, Nothing {}

  /// A string, unescaped.
  record Text(String value) implements Scalar {}

  /// A number, as it was spelled (`1.0`, `1e9` and `9007199254740993` stay what they are).
  record Numeral(String spelled) implements Scalar {}

  /// `true` or `false`.
  record Truth(boolean value) implements Scalar {}

  /// `null`.
  record Nothing() implements Scalar {
    static final Nothing NOTHING = new Nothing();
  }

  /// An array.
  record Items(List<JsonValue> values) implements JsonValue {}
}
