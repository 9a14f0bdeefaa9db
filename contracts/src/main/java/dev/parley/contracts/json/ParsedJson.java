package dev.parley.contracts.json;

import org.jspecify.annotations.Nullable;

/// A JSON object together with what is wrong with it, if anything: its form is right, so that a
/// reader can still find out whom to tell.
///
/// @param object what was read; values nested deeper than the limit are missing from it
/// @param flaw why it must be refused, in words for the client, or null
public record ParsedJson(JsonObject object, @Nullable String flaw) {}
