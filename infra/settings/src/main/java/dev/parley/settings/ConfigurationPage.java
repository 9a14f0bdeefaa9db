package dev.parley.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/// `docs/configuration.md`: what is written by hand (`before.md`), then a table for each service.
final class ConfigurationPage {
  private static final String HEAD =
      """
      | key, environment variable | value | default | what, and why so |
      |---|---|---|---|
      """;

  private final Settings settings;
  private final StringBuilder page = new StringBuilder(before());

  private ConfigurationPage(Settings settings) {
    this.settings = settings;
  }

  /// The whole page.
  static String of(Settings settings) {
    return new ConfigurationPage(settings).write();
  }

  private String write() {
    section("Every service", setting -> setting.modules().contains(Settings.RUNTIME));
    section(
        "More than one service",
        setting -> !setting.modules().contains(Settings.RUNTIME) && setting.modules().size() > 1);
    for (String module : Settings.MODULES) {
      if (!module.equals(Settings.RUNTIME)) {
        section(module, setting -> setting.modules().equals(Set.of(module)));
      }
    }
    return page.toString();
  }

  private void section(String title, Predicate<Setting> which) {
    List<Setting> rows = settings.all().stream().filter(which).toList();
    if (rows.isEmpty()) {
      return;
    }
    page.append("\n## ").append(title).append("\n\n").append(HEAD);
    rows.forEach(this::row);
  }

  private void row(Setting setting) {
    String standard = setting.standard();
    page.append("| `%s`<br>`%s` | ".formatted(setting.key(), setting.variable()))
        .append(setting.type())
        .append(" | ")
        .append(standard == null ? "" : "`" + standard + "`")
        .append(" | ")
        .append(Objects.requireNonNull(setting.reason()).replace("|", "\\|"));
    if (setting.modules().size() > 1) {
      page.append(" Read by ").append(String.join(", ", setting.modules())).append('.');
    }
    page.append(" |\n");
  }

  private static String before() {
    try (InputStream text = ConfigurationPage.class.getResourceAsStream("before.md")) {
      return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
