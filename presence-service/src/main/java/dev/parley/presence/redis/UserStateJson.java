package dev.parley.presence.redis;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.contracts.presence.PresenceStatus;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.presence.state.SessionState;
import dev.parley.presence.state.ShownStatus;
import dev.parley.presence.state.Told;
import dev.parley.presence.state.UserState;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// [UserState] as text in Redis. What cannot be read counts as unknown: it is rebuilt like
/// everything else there.
public final class UserStateJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_DEFAULT, JsonInclude.Include.ALWAYS))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private UserStateJson() {}

  private record Stored(
      @Nullable List<StoredSession> sessions,
      @Nullable String status,
      @Nullable String text,
      long at,
      long goneAt,
      long goneDue,
      long changeDue,
      boolean owed) {}

  private record StoredSession(
      UUID session,
      String gateway,
      String status,
      @Nullable String text,
      long at,
      long lingersUntil) {}

  public static String write(UserState state) {
    try {
      return JSON.writeValueAsString(
          new Stored(
              state.sessions().isEmpty()
                  ? null
                  : state.sessions().stream().map(UserStateJson::stored).toList(),
              state.told().status().wire(),
              state.told().text(),
              state.told().at(),
              state.goneAt(),
              state.goneDue(),
              state.changeDue(),
              state.owed()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The state in `text`; of an unknown user if there is none.
  public static UserState read(byte @Nullable [] text) {
    if (text == null) {
      return UserState.NONE;
    }
    try {
      Stored stored = JSON.readValue(text, Stored.class);
      List<StoredSession> sessions = stored.sessions() == null ? List.of() : stored.sessions();
      return new UserState(
          sessions.stream().map(UserStateJson::session).toList(),
          new Told(shown(stored.status()), stored.text(), stored.at()),
          stored.goneAt(),
          stored.goneDue(),
          stored.changeDue(),
          stored.owed());
    } catch (IOException | RuntimeException e) {
      return UserState.NONE;
    }
  }

  /// The status that `wire` names; offline if it names none.
  public static ShownStatus shown(@Nullable String wire) {
    for (ShownStatus status : ShownStatus.values()) {
      if (status.wire().equals(wire)) {
        return status;
      }
    }
    return ShownStatus.OFFLINE;
  }

  private static StoredSession stored(SessionState session) {
    return new StoredSession(
        session.session(),
        session.gateway().toString(),
        session.status().wire(),
        session.text(),
        session.at(),
        session.lingersUntil());
  }

  private static SessionState session(StoredSession stored) {
    SlotAddress gateway = SlotAddress.parse(stored.gateway());
    PresenceStatus status = PresenceStatus.of(stored.status());
    if (gateway == null || status == null) {
      throw new IllegalArgumentException("a stored session names no gateway or status");
    }
    return new SessionState(
        stored.session(), gateway, status, stored.text(), stored.at(), stored.lingersUntil());
  }
}
