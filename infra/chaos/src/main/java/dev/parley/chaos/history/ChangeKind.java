package dev.parley.chaos.history;

/// What a client asks for besides sending a message and opening a conversation.
public enum ChangeKind {
  EDIT,
  DELETE,
  REACT,
  PIN,
  /// Title or topic.
  UPDATE,
  ADD,
  /// Also ends a ban.
  REMOVE,
  /// Another role; `banned` shuts out.
  ROLE,
  JOIN,
  LEAVE
}
