package dev.parley.gateway.transport.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/// Makes commands of which little, something or everything is wrong: each field of each command
/// with values of every kind, keys twice, nesting, long numbers and strings, characters that may
/// not be, and bytes that are no JSON.
final class CommandMutator {
  private static final String UUID = "\"01890a5d-ac96-774b-bcce-b302099a8057\"";

  /// Fields as `name value`, each command once.
  private static final List<List<String>> COMMANDS =
      List.of(
          command("connect", "token \"x.y.z\"", "device \"d\"", "subscribe \"none\"", "resume {}"),
          command("refresh", "token \"x.y.z\""),
          command("subscribe", "conversation " + UUID, "after 3"),
          command("unsubscribe", "conversation " + UUID),
          command("history", "conversation " + UUID, "after 1", "before 9", "limit 10"),
          command(
              "send",
              "conversation " + UUID,
              "message " + UUID,
              "content {\"text\":\"hi\",\"format\":\"plain\",\"mentions\":[" + UUID + "]}",
              "replyTo " + UUID),
          command("edit", "request " + UUID, "message " + UUID, "content {}"),
          command("delete", "request " + UUID, "message " + UUID),
          command("react", "request " + UUID, "emoji \"👍\"", "on true"),
          command("pin", "request " + UUID, "on true"),
          command("typing", "conversation " + UUID),
          command("signal", "conversation " + UUID, "name \"cursor\"", "data {\"x\":[1,2]}"),
          command("read", "conversation " + UUID, "seq 3"),
          command("presence", "status \"away\"", "text \"in a call\""),
          command("watch", "users [" + UUID + "]"),
          command("unwatch", "users [" + UUID + "]"),
          command("ping"),
          command("dance", "step 1"));

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "-1",
          "1.0",
          "1.5",
          "1e3",
          "1E-3",
          "200",
          "201",
          "9007199254740991",
          "9007199254740992",
          "9223372036854775808",
          "1e400",
          "-1e-400",
          "1e999999999",
          "0.10000000000000000000000000000000000001");

  private static final List<String> STRINGS =
      List.of(
          "\"\"",
          "\"x\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\udc00\\ud800\"",
          "\"\\ud83d\\ude00\"",
          "\"👍🏽 שלום\"",
          "\"\\n\\t\\\\\\\"\"",
          "\"all\"",
          "\"online\"",
          "\"\uFFFD\uFFFF\"",
          "\"00000000-0000-7000-8000-0000000000C1\"",
          UUID);

  private final Fuzz fuzz;
  private final long id;

  /// @param id what the command is numbered with where that is not changed
  CommandMutator(Fuzz fuzz, long id) {
    this.fuzz = fuzz;
    this.id = id;
  }

  private static List<String> command(String type, String... fields) {
    List<String> all = new ArrayList<>(List.of("id", "type \"" + type + "\""));
    all.addAll(List.of(fields));
    return List.copyOf(all);
  }

  /// One line of a message; it may hold line ends all the same.
  byte[] line() {
    List<String> fields = new ArrayList<>(fuzz.of(COMMANDS));
    fields.set(0, "id " + id);
    for (int i = fuzz.below(4); i > 0; i--) {
      change(fields);
    }
    StringBuilder text = new StringBuilder("{");
    for (String field : fields) {
      int space = field.indexOf(' ');
      text.append(text.length() > 1 ? "," : "")
          .append(field.startsWith("\"") ? "" : "\"")
          .append(field, 0, space)
          .append(field.startsWith("\"") ? ":" : "\":")
          .append(field, space + 1, field.length());
    }
    byte[] line = text.append('}').toString().getBytes(UTF_8);
    return fuzz.once(12) ? damaged(line) : line;
  }

  private void change(List<String> fields) {
    int at = fuzz.below(fields.size());
    String name = fields.get(at).substring(0, fields.get(at).indexOf(' '));
    switch (fuzz.below(16)) {
      case 0 -> {
        if (fields.size() > 1) {
          fields.remove(at);
        }
      }
      case 1 ->
          fields.add(
              fuzz.of(List.of("x", "0", "trace", "\"\\u0000\"", "\"\\ud800\"")) + " " + value(3));
      case 2 -> {
        if (fuzz.once(4)) {
          fields.add(fuzz.below(fields.size()), name + " " + value(2)); // The key twice.
        }
      }
      case 3 -> fields.set(at, name + " null");
      case 4 -> java.util.Collections.rotate(fields, fuzz.below(fields.size()));
      default -> fields.set(at, name + " " + value(3));
    }
  }

  private String value(int depth) {
    return switch (fuzz.below(depth == 0 ? 5 : 9)) {
      case 0 -> fuzz.of(List.of("true", "false", "null"));
      case 1, 2 -> fuzz.of(NUMBERS);
      case 3, 4 -> fuzz.of(STRINGS);
      case 5 -> "[" + value(depth - 1) + (fuzz.once(2) ? "" : "," + value(depth - 1)) + "]";
      case 6 -> "{\"text\":" + value(depth - 1) + ",\"a\":" + value(depth - 1) + "}";
      case 7 -> "{" + UUID + ":" + value(depth - 1) + "}";
      default -> large();
    };
  }

  private String large() {
    return switch (fuzz.below(40)) {
      case 0 -> "\"" + "y".repeat(fuzz.of(List.of(129, 4_097, 32_769, 40_000))) + "\"";
      case 1 -> "1" + "0".repeat(fuzz.of(List.of(16, 999, 1_000, 20_000)));
      case 2 -> nested(fuzz.of(List.of(29, 30, 31, 32, 33, 500, 15_000)));
      case 3 -> "[" + "1,".repeat(fuzz.of(List.of(100, 1_001, 10_000, 20_000))) + "1]";
      case 4 -> keys(fuzz.of(List.of(101, 1_001, 4_000)));
      case 5 -> "\"" + "\\u00e9".repeat(fuzz.of(List.of(65, 2_000, 6_000))) + "\"";
      default -> "[]";
    };
  }

  private String nested(int depth) {
    return fuzz.once(2)
        ? "[".repeat(depth) + "]".repeat(depth)
        : "{\"a\":".repeat(depth / 2) + "1" + "}".repeat(depth / 2);
  }

  private static String keys(int count) {
    StringBuilder keys = new StringBuilder("{");
    for (int i = 0; i < count; i++) {
      keys.append(i == 0 ? "\"" : ",\"").append(i).append("\":0");
    }
    return keys.append('}').toString();
  }

  private byte[] damaged(byte[] line) {
    int at = fuzz.below(line.length);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    switch (fuzz.below(8)) {
      case 0 -> out.write(line, 0, at); // Cut short.
      case 1 -> {
        out.writeBytes(line);
        out.writeBytes(fuzz.of(List.of("}", "{}", " x", ",", "\u0000", "//")).getBytes(UTF_8));
      }
      case 2 -> {
        out.write(line, 0, at);
        out.writeBytes(
            fuzz.of(List.of("\n", "\r", "\t", "\uFEFF", "\u0000", "'", "\\")).getBytes(UTF_8));
        out.write(line, at, line.length - at);
      }
      case 3 -> {
        out.write(line, 0, at);
        out.writeBytes(fuzz.bytes(1 + fuzz.below(4)));
        out.write(line, at, line.length - at);
      }
      case 4 -> {
        line[at] ^= (byte) (1 << fuzz.below(7));
        out.writeBytes(line);
      }
      case 5 -> {
        out.write(line, 0, at);
        int from = fuzz.below(line.length);
        out.write(line, from, line.length - from);
      }
      case 6 -> out.writeBytes(value(2).getBytes(UTF_8));
      default -> {
        out.writeBytes(" \t\r".getBytes(UTF_8));
        out.writeBytes(line);
      }
    }
    return out.toByteArray();
  }
}
