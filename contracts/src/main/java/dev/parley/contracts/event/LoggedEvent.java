package dev.parley.contracts.event;

import dev.parley.contracts.json.JsonText;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One event of a conversation's log.
///
/// @param seq number in the log, from 1
/// @param at commit time, epoch milliseconds
/// @param kind the event's name as clients see it; a name of [EventKind] or of a later version
/// @param user who did it
/// @param member whom it is about (`joined`, `left`, `role`)
/// @param request the message's id, or the request id of another change where there was one
/// @param replyTo the message that this one answers
/// @param detail JSON object of what else the kind has; see [EventDetail]
public record LoggedEvent(
    UUID conversation,
    long seq,
    long at,
    String kind,
    UUID user,
    @Nullable UUID member,
    @Nullable UUID request,
    @Nullable UUID replyTo,
    JsonText detail) {}
