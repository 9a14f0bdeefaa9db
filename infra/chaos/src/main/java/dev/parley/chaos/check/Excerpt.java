package dev.parley.chaos.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The lines of one client's file around a moment that are about one conversation, or about the
/// client's connection.
final class Excerpt {
  private static final int BEFORE = 8;
  private static final int AFTER = 4;
  private static final int LENGTH = 280;
  private static final Pattern AT = Pattern.compile("^\\{\"at\":(\\d+),");
  private static final Pattern LINK =
      Pattern.compile("\"type\":\"(connect|connected|closed|cut|finished)\"");

  private final Client client;
  private final @Nullable String conversation;
  private final long at;
  private final ArrayDeque<String> before = new ArrayDeque<>();
  private final List<String> after = new ArrayList<>();

  Excerpt(Client client, @Nullable UUID conversation, long at) {
    this.client = client;
    this.conversation = conversation == null ? null : conversation.toString();
    this.at = at;
  }

  /// Takes the next line of the file.
  void offer(String line) {
    if (after.size() == AFTER
        || (conversation != null && !line.contains(conversation) && !LINK.matcher(line).find())) {
      return;
    }
    Matcher time = AT.matcher(line);
    if (!time.find()) {
      return;
    }
    if (Long.parseLong(time.group(1)) > at) {
      after.add(line);
      return;
    }
    before.addLast(line);
    if (before.size() > BEFORE) {
      before.removeFirst();
    }
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>(before);
    lines.addAll(after);
    return lines.stream().map(line -> client.name() + ": " + shortened(line)).toList();
  }

  private static String shortened(String line) {
    return line.length() <= LENGTH ? line : line.substring(0, LENGTH) + "...";
  }
}
