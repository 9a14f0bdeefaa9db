package dev.parley.runtime.trail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one process remembers of a message.
///
/// @param service its kind, for example `gateway-service`
/// @param slot `slot.incarnation` of a gateway, null for others and for one that has none now
/// @param entries oldest first
public record Answer(String service, @Nullable String slot, List<TrailRing.Entry> entries) {}
