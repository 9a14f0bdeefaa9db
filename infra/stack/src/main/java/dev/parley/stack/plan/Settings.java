package dev.parley.stack.plan;

import dev.parley.servers.Ports;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `--set service.key=value` says: settings for every process of a kind (`gateway.…`), or for
/// one process (`gateway-1.…`), which go before those of its kind.
public final class Settings {
  private static final Pattern FORM =
      Pattern.compile(
          "(auth(?:-service)?|(?:message|presence)(?:-service(?:-\\d+)?)?|gateway(?:-\\d+)?"
              + "|kafka(?:-\\d+)?|postgres|redis|load-balancer)\\.([^=]+)=(.*)",
          Pattern.DOTALL);

  private final Map<String, Map<String, String>> byTarget;

  private Settings(Map<String, Map<String, String>> byTarget) {
    this.byTarget = byTarget;
  }

  /// Reads the values of `--set`; of two with the same key the last one counts.
  ///
  /// @throws IllegalArgumentException naming the value that does not have the form, and the form
  public static Settings parse(List<String> values) {
    Map<String, Map<String, String>> byTarget = new TreeMap<>();
    for (String value : values) {
      Matcher matcher = FORM.matcher(value);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "--set "
                + value
                + ": expected service.key=value, where service is auth, message, presence, gateway,"
                + " kafka, postgres, redis, load-balancer, or the name of one process");
      }
      byTarget
          .computeIfAbsent(matcher.group(1), target -> new TreeMap<>())
          .put(matcher.group(2), matcher.group(3));
    }
    return new Settings(byTarget);
  }

  /// Takes the port of this key out of the settings of a process; a free one if there is none.
  ///
  /// @throws IllegalArgumentException if it is none
  static int port(Map<String, String> settings, String key) {
    String port = settings.remove(key);
    if (port == null) {
      return Ports.free();
    }
    if (!port.matches("\\d{1,5}")) {
      throw new IllegalArgumentException("--set …." + key + "=" + port + ": expected a port");
    }
    return Integer.parseInt(port);
  }

  /// All that concerns a process, such as `message-service-1`, in a map of the caller's own.
  public Map<String, String> of(String process) {
    String kind = process.replaceFirst("-\\d+$", "");
    Map<String, String> found = new TreeMap<>();
    for (String target : List.of(kind.replaceFirst("-service$", ""), kind, process)) {
      found.putAll(byTarget.getOrDefault(target, Map.of()));
    }
    return found;
  }
}
