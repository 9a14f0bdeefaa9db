package dev.parley.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Holds `docs/configuration.md` against the sources. With `-Dparley.write=true` it writes the
/// page.
class ConfigurationPageTest {
  private static final Path ROOT = Path.of(System.getProperty("parley.root", "../.."));
  private static final Path PAGE = ROOT.resolve("docs", "configuration.md");

  @Test
  void pageSaysWhatTheSourcesSay() throws IOException {
    String page = ConfigurationPage.of(Settings.read(ROOT));
    if (Boolean.getBoolean("parley.write")) {
      Files.writeString(PAGE, page);
    }
    assertEquals(
        page,
        Files.readString(PAGE),
        "docs/configuration.md is stale; write it anew: mvn -pl infra/settings test"
            + " -Dparley.write=true");
  }
}
