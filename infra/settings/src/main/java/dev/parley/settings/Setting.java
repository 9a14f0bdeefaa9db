package dev.parley.settings;

import io.smallrye.config.common.utils.StringUtil;
import java.util.Locale;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// One setting of one or more services.
///
/// @param key its name as a configuration property
/// @param type what a value is, in words
/// @param standard the default as it is written in the source; null for none
/// @param reason what it is and why the default is what it is; null where a source does not say it
/// @param modules the modules that read it
record Setting(
    String key,
    String type,
    @Nullable String standard,
    @Nullable String reason,
    SortedSet<String> modules) {

  /// The environment variable that sets it.
  String variable() {
    return StringUtil.replaceNonAlphanumericByUnderscores(key).toUpperCase(Locale.ROOT);
  }
}
