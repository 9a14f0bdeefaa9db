package dev.parley.testing;

import dev.parley.contracts.ConversationKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The expectations in `docs/permissions.md`, cell by cell.
public final class PermissionTable {
  private PermissionTable() {}

  /// What somebody who stands so to a conversation of this kind gets for this operation.
  ///
  /// @param expected `yes`, `no` or an error's code
  public record Cell(ConversationKind kind, String row, String relation, String expected) {
    @Override
    public String toString() {
      return kind.wire() + ": " + relation + ": " + row + ": " + expected;
    }
  }

  /// Every cell, ordered as in the file.
  public static List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    ConversationKind kind = null;
    List<String> relations = List.of();
    for (String line : lines()) {
      if (line.startsWith("#")) {
        kind = kind(line.substring(line.lastIndexOf('#') + 1).strip());
        relations = List.of();
      } else if (kind != null && line.startsWith("| ")) {
        List<String> values = values(line);
        if (relations.isEmpty()) {
          relations = values;
        } else {
          for (int i = 1; i < values.size(); i++) {
            cells.add(new Cell(kind, values.getFirst(), relations.get(i), values.get(i)));
          }
        }
      }
    }
    return cells;
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(
          Path.of(System.getProperty("parley.root"), "docs", "permissions.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable ConversationKind kind(String title) {
    return Arrays.stream(ConversationKind.values())
        .filter(kind -> kind.name().equals(title.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElse(null);
  }

  private static List<String> values(String line) {
    return Arrays.stream(line.substring(1, line.length() - 1).split("\\|"))
        .map(String::strip)
        .toList();
  }
}
