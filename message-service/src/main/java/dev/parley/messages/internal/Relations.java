package dev.parley.messages.internal;

import java.util.List;
import java.util.UUID;

/// Those of the people asked for who share a group or direct conversation with the user.
record Relations(List<UUID> related) {}
