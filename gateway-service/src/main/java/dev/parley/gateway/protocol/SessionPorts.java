package dev.parley.gateway.protocol;

import dev.parley.contracts.json.JsonLimits;
import dev.parley.gateway.command.Commands;
import dev.parley.gateway.feed.Subscriptions;
import dev.parley.gateway.limit.LimitConfig;
import dev.parley.gateway.limit.UserSessions;
import dev.parley.gateway.log.LogClient;
import dev.parley.gateway.presence.PresenceClient;
import dev.parley.gateway.presence.SessionReports;
import dev.parley.gateway.route.Slot;
import dev.parley.gateway.token.Tokens;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// What every session works with.
///
/// @param nanos a clock that never goes back, for deadlines and rates
/// @param ids makes the ids of sessions
record SessionPorts(
    Slot slot,
    Tokens tokens,
    UserSessions users,
    LimitConfig limits,
    JsonLimits json,
    Subscriptions subscriptions,
    Commands commands,
    LogClient log,
    SessionReports reports,
    PresenceClient presence,
    Greeting greeting,
    CommandMetrics metrics,
    LongSupplier nanos,
    Supplier<UUID> ids) {}
