package dev.parley.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is read from sources that are made here.
class SettingsTest {
  private static final String WAIT =
      """
      @ConfigMapping(prefix = "parley.some")
      interface SomeConfig {
        /// How long it waits.
        /// Default 2 s.
        @WithDefault("2s")
        Duration longWait();
      }
      """;

  @TempDir Path root;

  @BeforeEach
  void modules() throws IOException {
    for (String module : Settings.MODULES) {
      Files.createDirectories(root.resolve(module, "src", "main", "java"));
    }
  }

  @Test
  void methodOfAMappingIsASetting() throws IOException {
    source("gateway-service", "SomeConfig", WAIT);
    Setting only = only();
    assertEquals("parley.some.long-wait", only.key());
    assertEquals("PARLEY_SOME_LONG_WAIT", only.variable());
    assertEquals("time", only.type());
    assertEquals("2s", only.standard());
    assertEquals("How long it waits. Default 2 s.", only.reason());
    assertEquals(Set.of("gateway-service"), only.modules());
  }

  @Test
  void nestedInterfaceLengthensTheKey() throws IOException {
    source(
        "gateway-service",
        "SomeConfig",
        """
        @ConfigMapping(prefix = "parley.some")
        interface SomeConfig {
          Drain drain();
          interface Drain {
            /// Who.
            Optional<List<String>> who();
          }
        }
        """);
    assertEquals("parley.some.drain.who", only().key());
    assertEquals("text, several with commas", only().type());
  }

  @Test
  void parameterIsASettingOfItsConstantsName() throws IOException {
    source("auth-service", "Keys", parameter("/// @param secret It is secret."));
    assertEquals("parley.secret", only().key());
    assertEquals("It is secret.", only().reason());
  }

  @Test
  void settingThatNobodyExplainsIsRefused() throws IOException {
    source("auth-service", "Keys", parameter("/// Something else."));
    assertRefused("nothing says what parley.secret is for");
  }

  @Test
  void oneExplanationIsEnoughForSeveralReaders() throws IOException {
    source("auth-service", "Keys", parameter("/// @param secret It is secret."));
    source("message-service", "Others", parameter(""));
    assertEquals(Set.of("auth-service", "message-service"), only().modules());
  }

  @Test
  void readersThatDisagreeAreRefused() throws IOException {
    source("gateway-service", "SomeConfig", WAIT);
    source("message-service", "OtherConfig", WAIT.replace("\"2s\"", "\"3s\""));
    assertRefused("parley.some.long-wait is time (2s) in [gateway-service] and time (3s)");
  }

  @Test
  void annotationThatMayRenameIsRefused() throws IOException {
    source(
        "gateway-service",
        "SomeConfig",
        WAIT.replace("@WithDefault", "@WithParentName @WithDefault"));
    assertRefused("@WithParentName at a setting is not understood");
  }

  @Test
  void typeWithoutWordsIsRefused() throws IOException {
    source("gateway-service", "SomeConfig", WAIT.replace("Duration", "Locale"));
    assertRefused("the type Locale has no words");
  }

  @Test
  void keysOfOthersAreNotOurs() throws IOException {
    source("auth-service", "Keys", parameter("").replace("parley.secret", "quarkus.secret"));
    assertEquals(List.of(), List.copyOf(Settings.read(root).all()));
  }

  private static String parameter(String doc) {
    return """
    class Keys {
      static final String KEY = "parley.secret";
      %s
      Keys(@ConfigProperty(name = KEY) Optional<String> secret) {}
    }
    """
        .formatted(doc);
  }

  private void source(String module, String name, String text) throws IOException {
    Files.writeString(root.resolve(module, "src", "main", "java", name + ".java"), text);
  }

  private Setting only() {
    var all = Settings.read(root).all();
    assertEquals(1, all.size(), all::toString);
    return all.iterator().next();
  }

  private void assertRefused(String message) {
    var refused = assertThrows(UnreadableSource.class, () -> Settings.read(root));
    assertTrue(refused.getMessage().contains(message), refused::getMessage);
  }
}
