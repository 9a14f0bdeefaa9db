package dev.parley.messages.conversation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/// Limits on conversations.
@ConfigMapping(prefix = "parley.conversations")
public interface ConversationConfig {
  /// How many people one request may bring into a new conversation. Default 5,000: a whole company
  /// at once, and yet a transaction of well under a second, during which only the new conversation
  /// is locked.
  @WithDefault("5000")
  @Min(1)
  @Max(20_000)
  int maxMembersPerCreate();

  /// How many characters a title may have. Default 200: more than any list shows.
  @WithDefault("200")
  @Min(1)
  @Max(10_000)
  int maxTitle();

  /// How many characters a topic may have. Default 1,000: a paragraph.
  @WithDefault("1000")
  @Min(1)
  @Max(10_000)
  int maxTopic();
}
