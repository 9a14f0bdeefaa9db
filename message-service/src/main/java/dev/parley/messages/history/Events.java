package dev.parley.messages.history;

import dev.parley.contracts.json.JsonText;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A part of a log, as `history` gives it on the socket.
///
/// @param events ascending, without a hole
/// @param more whether further events exist in the direction read
record Events(
    @Schema(type = SchemaType.ARRAY, implementation = Object.class) List<JsonText> events,
    boolean more) {}
