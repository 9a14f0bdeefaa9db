package dev.parley.contracts.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.CloseCode;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Samples;
import dev.parley.contracts.event.EventKind;
import dev.parley.contracts.json.JsonReader;
import dev.parley.contracts.presence.PresenceStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/// Holds docs/asyncapi.yaml and docs/protocol.md against the code, by way of the samples, which
/// [FrameSamplesTest] holds against the code on their side.
class AsyncApiTest {
  /// Said in several forms, of which a sample shows one.
  private static final Set<String> MANY_FORMS = Set.of("done", "error", "event", "sent");

  private static final Path DOCS = docs();
  private static final Map<String, Object> API = new Yaml().load(text("asyncapi.yaml"));

  @Test
  void commandsAndTheirFieldsAreThoseOfTheSamples() throws Exception {
    assertMessages("command", "client");
  }

  @Test
  void answersAndTheirFieldsAreThoseOfTheSamples() throws Exception {
    assertMessages("answer", "server");
  }

  @Test
  void everyMessageOfTheChannelIsSaidBySomebody() {
    Set<Object> channel = new TreeSet<>(map(at(API, "channels", "session", "messages")).keySet());
    Set<Object> said = new TreeSet<>();
    for (String operation : List.of("command", "answer")) {
      operation(operation).forEach(ref -> said.add(name(ref)));
    }
    assertEquals(channel, said);
    assertEquals(channel, new TreeSet<Object>(map(at(API, "components", "messages")).keySet()));
  }

  @Test
  void errorCodesAreThoseOfTheCode() {
    assertEquals(
        Arrays.stream(ErrorCode.values()).map(ErrorCode::wire).toList(),
        at(API, "components", "schemas", "errorCode", "enum"));
    for (ErrorCode code : ErrorCode.values()) {
      assertTrue(text("protocol.md").contains("\n| `" + code.wire() + "` |"), code::wire);
    }
  }

  @Test
  void closeCodesAreThoseOfTheCode() {
    Set<Object> codes =
        Arrays.stream(CloseCode.values()).map(CloseCode::code).collect(Collectors.toSet());
    assertEquals(codes, map(at(API, "x-close-codes")).keySet());
    for (Object code : codes) {
      assertTrue(text("protocol.md").contains("\n| " + code + " |"), code::toString);
    }
  }

  @Test
  void everyKindOfEventIsDescribed() throws Exception {
    Map<?, ?> properties = map(at(API, "components", "messages", "event", "payload", "properties"));
    List<?> kinds = (List<?>) at(properties, "event", "enum");
    for (EventKind kind : EventKind.values()) {
      assertTrue(kinds.contains(kind.wire()), kind::wire);
      Set<String> fields =
          JsonReader.read(sample("event", kind.wire())).object().members().keySet();
      assertTrue(properties.keySet().containsAll(fields), () -> kind + " " + fields);
    }
  }

  @Test
  void statusesAreThoseOfTheCode() {
    assertEquals(
        Arrays.stream(PresenceStatus.values()).map(PresenceStatus::wire).toList(),
        at(API, "components", "messages", "presence", "payload", "properties", "status", "enum"));
  }

  @Test
  void numbersAreThoseOfTheCode() {
    Object schemas = at(API, "components", "schemas");
    Object commands = at(API, "components", "messages");
    assertEquals(Limits.NUMBER, at(schemas, "number", "maximum"));
    Object history = at(commands, "history", "payload", "properties", "limit");
    assertEquals(Limits.HISTORY, at(history, "maximum"));
    assertEquals(Limits.HISTORY_DEFAULT, at(history, "default"));
    Object resume = at(commands, "connect", "payload", "properties", "resume");
    assertEquals(Limits.RESUMED, at(resume, "maxProperties"));
    Object users = at(commands, "watch", "payload", "properties", "users");
    assertEquals(Limits.WATCHED, at(users, "maxItems"));
  }

  private static void assertMessages(String operation, String samples) throws Exception {
    Map<String, Set<String>> described = new LinkedHashMap<>();
    for (Object ref : operation(operation)) {
      Object message = at(API, "components", "messages", name(ref));
      Map<?, ?> properties = map(at(message, "payload", "properties"));
      String type = (String) at(properties, "type", "const");
      assertEquals(type, at(message, "name"));
      described.put(
          type, properties.keySet().stream().map(String::valueOf).collect(Collectors.toSet()));
    }
    Set<String> sampled = names(samples);
    if (samples.equals("server")) {
      sampled.add("event");
    }
    assertEquals(sampled, new TreeSet<>(described.keySet()));
    for (String type : names(samples)) {
      Set<String> fields = JsonReader.read(sample(samples, type)).object().members().keySet();
      if (MANY_FORMS.contains(type)) {
        assertTrue(described.get(type).containsAll(fields), type);
      } else {
        assertEquals(new TreeSet<>(fields), new TreeSet<>(described.get(type)), type);
      }
    }
  }

  private static List<?> operation(String name) {
    return (List<?>) at(API, "operations", name, "messages");
  }

  private static String name(Object ref) {
    String path = (String) at(ref, "$ref");
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static byte[] sample(String kind, String type) {
    return Samples.text(kind + "/" + type + ".json").getBytes(UTF_8);
  }

  static Set<String> names(String kind) {
    try (Stream<Path> files =
        Files.list(DOCS.resolveSibling("contracts/src/test/resources/samples/" + kind))) {
      return files
          .map(file -> file.getFileName().toString().replace(".json", ""))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<?, ?> map(Object value) {
    return (Map<?, ?>) value;
  }

  private static Object at(Object value, Object... path) {
    Object found = value;
    for (Object key : path) {
      found = map(found).get(key);
    }
    return found;
  }

  private static String text(String file) {
    try {
      return Files.readString(DOCS.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path docs() {
    return Path.of("").toAbsolutePath().resolveSibling("docs");
  }
}
