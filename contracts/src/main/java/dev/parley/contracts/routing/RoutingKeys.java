package dev.parley.contracts.routing;

import java.util.UUID;

/// The Redis keys of slots and routes. Keys of slots share the hash tag `{slots}`; each route is a
/// key of its own, so that every operation stays in one hash slot of a Redis Cluster.
///
/// | key | type | content |
/// |---|---|---|
/// | `{slots}:N` | string, expires with the lease | incarnation that holds slot N |
/// | `{slots}:counter` | number | last incarnation number given |
/// | `{slots}:epoch` | string | made anew by the first gateway that finds it gone (Redis was wiped) |
/// | `{slots}:recorded` | hash | slot to the incarnation that recorded all its routes in this epoch |
/// | `{slots}:complete` | string | present: routes are complete; missing: unknown, so broadcast |
/// | `route:{K:ID}` | set, expires after [#ROUTE_TTL_SECONDS] | members `slot.incarnation` |
/// | `sessions:{USER}` | hash, expires | `slot.incarnation` to how many sessions of the user it has |
/// | `trail` | channel | questions where a message is |
/// | `trail:{ID}` | list, expires in 30 s | answers to question ID |
///
/// @param prefix put before every key; empty in production
public record RoutingKeys(String prefix) {
  /// How long a route lives when no gateway records it again, in seconds.
  public static final long ROUTE_TTL_SECONDS = 3600;

  public String lease(int slot) {
    return prefix + "{slots}:" + slot;
  }

  public String counter() {
    return prefix + "{slots}:counter";
  }

  public String epoch() {
    return prefix + "{slots}:epoch";
  }

  public String recorded() {
    return prefix + "{slots}:recorded";
  }

  public String complete() {
    return prefix + "{slots}:complete";
  }

  public String route(Route route) {
    return prefix + "route:{" + route + "}";
  }

  public String sessions(UUID user) {
    return prefix + "sessions:{" + user + "}";
  }

  public String trailQuestions() {
    return prefix + "trail";
  }

  public String trailAnswers(UUID question) {
    return prefix + "trail:{" + question + "}";
  }
}
