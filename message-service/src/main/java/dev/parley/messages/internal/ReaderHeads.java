package dev.parley.messages.internal;

import java.util.List;

/// What each of several users may read, in the order in which they were asked for.
record ReaderHeads(List<Heads> readers) {}
