package dev.parley.contracts.presence;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.contracts.Ids;
import dev.parley.contracts.MalformedRecord;
import dev.parley.contracts.Partitions;
import dev.parley.contracts.RecordHeaders;
import dev.parley.contracts.Topics;
import dev.parley.contracts.routing.SlotAddress;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// [SessionRecord] as a Kafka record: the user is the key (a snapshot has none), the text of a
/// status or the sessions of a snapshot are the value, all else is in headers. Partitions are named
/// explicitly, never left to the client's partitioner.
public final class SessionRecordCodec {
  private static final byte[] NOTHING = {};
  private static final String TYPE = "type";
  private static final String GATEWAY = "gateway";
  private static final String SESSION = "session";
  private static final String AT = "at";
  private static final String STATUS = "status";
  private static final String NUMBER = "number";
  private static final String PART = "part";
  private static final String LAST = "last";

  private SessionRecordCodec() {}

  /// The partition of `sessions` that holds what concerns `user`.
  public static int partition(UUID user) {
    return Partitions.of(user, Topics.SESSION_PARTITIONS);
  }

  /// The key of `change`'s record; null for a snapshot, which goes to each partition.
  public static byte @Nullable [] key(SessionRecord change) {
    return switch (change) {
      case SessionRecord.Opened o -> Ids.bytes(o.user());
      case SessionRecord.Closed c -> Ids.bytes(c.user());
      case SessionRecord.Status s -> Ids.bytes(s.user());
      case SessionRecord.Snapshot s -> null;
    };
  }

  /// The value of `change`'s record.
  public static byte[] value(SessionRecord change) {
    return switch (change) {
      case SessionRecord.Opened o -> NOTHING;
      case SessionRecord.Closed c -> NOTHING;
      case SessionRecord.Status s -> s.text() == null ? NOTHING : s.text().getBytes(UTF_8);
      case SessionRecord.Snapshot s -> SnapshotJson.write(s.sessions());
    };
  }

  /// The headers of `change`'s record.
  public static RecordHeaders headers(SessionRecord change) {
    RecordHeaders headers = new RecordHeaders().with(GATEWAY, change.gateway());
    return switch (change) {
      case SessionRecord.Opened o ->
          headers.with(TYPE, "opened").with(SESSION, o.session()).with(AT, o.at());
      case SessionRecord.Closed c ->
          headers.with(TYPE, "closed").with(SESSION, c.session()).with(AT, c.at());
      case SessionRecord.Status s ->
          headers
              .with(TYPE, "status")
              .with(SESSION, s.session())
              .with(AT, s.at())
              .with(STATUS, s.status().wire());
      case SessionRecord.Snapshot s ->
          headers
              .with(TYPE, "snapshot")
              .with(NUMBER, s.number())
              .with(PART, s.part())
              .with(LAST, s.last());
    };
  }

  /// What a record says.
  ///
  /// @throws MalformedRecord naming what is wrong with it
  public static SessionRecord decode(
      byte @Nullable [] key, RecordHeaders.Reader headers, byte @Nullable [] value)
      throws MalformedRecord {
    headers.checkVersion();
    SlotAddress gateway = SlotAddress.parse(headers.required(GATEWAY));
    if (gateway == null) {
      throw new MalformedRecord("header 'gateway' is not slot.incarnation");
    }
    String type = headers.required(TYPE);
    return switch (type) {
      case "opened" ->
          new SessionRecord.Opened(
              gateway, user(key), headers.requiredId(SESSION), headers.number(AT));
      case "closed" ->
          new SessionRecord.Closed(
              gateway, user(key), headers.requiredId(SESSION), headers.number(AT));
      case "status" ->
          new SessionRecord.Status(
              gateway,
              user(key),
              headers.requiredId(SESSION),
              headers.number(AT),
              status(headers.required(STATUS)),
              value == null || value.length == 0 ? null : new String(value, UTF_8));
      case "snapshot" ->
          new SessionRecord.Snapshot(
              gateway,
              headers.number(NUMBER),
              Math.toIntExact(headers.number(PART)),
              Boolean.parseBoolean(headers.required(LAST)),
              SnapshotJson.read(value));
      default -> throw new MalformedRecord("header 'type' names no known change: " + type);
    };
  }

  private static UUID user(byte @Nullable [] key) throws MalformedRecord {
    UUID user = Ids.fromBytes(key);
    if (user == null) {
      throw new MalformedRecord("the key is not the 16 bytes of a user id");
    }
    return user;
  }

  private static PresenceStatus status(String wire) throws MalformedRecord {
    PresenceStatus status = PresenceStatus.of(wire);
    if (status == null) {
      throw new MalformedRecord("header 'status' is not online, away, busy or invisible");
    }
    return status;
  }
}
