package dev.parley.contracts.json;

import org.jspecify.annotations.Nullable;

/// A JSON object together with what is wrong with it, if anything: its form is right, so that a
/// reader can still find out whom to tell.
///
/// @param object what was read; values beyond a limit are missing from it
/// @param flaw why it must be refused, or null
public record ParsedJson(JsonObject object, @Nullable Flaw flaw) {}
