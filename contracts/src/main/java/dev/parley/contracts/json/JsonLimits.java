package dev.parley.contracts.json;

/// What one JSON text may hold. Its bytes are bounded by whoever receives it, its depth by
/// [JsonReader#MAX_DEPTH]; these bound what costs more than its bytes, here or in the parsers of
/// those to whom it is passed on. What is over is left out and reported as a flaw, so that whoever
/// sent it can still be answered.
///
/// @param string characters (UTF-16) of one string or key
/// @param number characters of one number
/// @param values values at all depths together, those directly in the outermost object included
public record JsonLimits(int string, int number, int values) {
  /// What a client says in one command. A string: as much as content may have. A number: what
  /// parsers of other languages still take. Values: every known list at its longest many times
  /// over, at a megabyte or two.
  public static final JsonLimits COMMAND = new JsonLimits(32 * 1024, 1_000, 10_000);

  /// What the body of a request holds, of at most a few megabytes: longer lists.
  public static final JsonLimits REQUEST = new JsonLimits(32 * 1024, 1_000, 100_000);

  /// What services say to each other.
  static final JsonLimits TRUSTED =
      new JsonLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

  public JsonLimits {
    if (string < 1 || number < 1 || values < 1) {
      throw new IllegalArgumentException(
          "limits of JSON must be positive: string %d, number %d, values %d"
              .formatted(string, number, values));
    }
  }
}
