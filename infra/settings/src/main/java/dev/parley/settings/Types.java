package dev.parley.settings;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The types of settings in words.
final class Types {
  private static final Pattern OPTIONAL = Pattern.compile("Optional<(.+)>");
  private static final Pattern SEVERAL = Pattern.compile("(?:List|Set)<(.+)>");
  private static final Map<String, String> WORDS =
      Map.of(
          "short", "number",
          "int", "number",
          "long", "number",
          "double", "number",
          "boolean", "`true` or `false`",
          "String", "text",
          "URI", "URL",
          "Duration", "time",
          "MemorySize", "bytes");

  /// The constants of each enum of the sources, by its simple name.
  private final Map<String, String> enums;

  Types(Map<String, String> enums) {
    this.enums = enums;
  }

  /// What a value of the Java type is, in words.
  ///
  /// @throws UnreadableSource for a type that has no words yet
  String words(String javaType) {
    Matcher optional = OPTIONAL.matcher(javaType);
    if (optional.matches()) {
      return words(optional.group(1));
    }
    Matcher several = SEVERAL.matcher(javaType);
    if (several.matches()) {
      return words(several.group(1)) + ", several with commas";
    }
    String words = WORDS.getOrDefault(javaType, enums.get(javaType));
    if (words == null) {
      throw new UnreadableSource("the type " + javaType + " has no words in Types");
    }
    return words;
  }
}
