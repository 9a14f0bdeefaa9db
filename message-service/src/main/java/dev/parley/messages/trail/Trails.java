package dev.parley.messages.trail;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Timestamps;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.runtime.trail.Answer;
import dev.parley.runtime.trail.Collected;
import dev.parley.runtime.trail.Step;
import dev.parley.runtime.trail.TrailRing.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Makes one story of what the log says and what processes remember. Pure.
final class Trails {
  private static final String GATEWAY = "gateway-service";

  private final UUID conversation;
  private final UUID message;
  private final Optional<PostgresTrail.Logged> logged;
  private final Collected collected;

  private Trails(
      UUID conversation, UUID message, Optional<PostgresTrail.Logged> logged, Collected collected) {
    this.conversation = conversation;
    this.message = message;
    this.logged = logged;
    this.collected = collected;
  }

  static Trail of(
      UUID conversation, UUID message, Optional<PostgresTrail.Logged> logged, Collected collected) {
    return new Trails(conversation, message, logged, collected).trail();
  }

  private Trail trail() {
    List<Trail.Routed> routed = routed();
    return new Trail(
        conversation,
        message,
        received(),
        logged
            .map(event -> new Trail.Committed(event.seq(), time(event.at()), event.user()))
            .orElse(null),
        decided(),
        routed,
        gateways(routed),
        unknown());
  }

  private Trail.@Nullable Received received() {
    if (logged.isPresent() && logged.get().overRest()) {
      return new Trail.Received(time(logged.get().at()), "rest", null, 1);
    }
    Entry first = null;
    String gateway = null;
    int times = 0;
    for (Answer answer : collected.answers()) {
      for (Entry entry : of(answer, Step.RECEIVED)) {
        times++;
        if (first == null || entry.at() < first.at()) {
          first = entry;
          gateway = answer.slot();
        }
      }
    }
    if (first != null) {
      return new Trail.Received(time(first.at()), "socket", gateway, times);
    }
    // Its gateway has forgotten it, or is gone: the command carried the time along.
    return all(Step.COMMITTED, Step.REFUSED, Step.REPEATED).stream()
        .map(Entry::second)
        .filter(at -> at > 0)
        .min(Comparator.naturalOrder())
        .map(at -> new Trail.Received(time(at), "socket", null, 0))
        .orElse(null);
  }

  private List<Trail.Decided> decided() {
    List<Trail.Decided> decided = new ArrayList<>();
    for (Entry entry : all(Step.COMMITTED, Step.REFUSED, Step.REPEATED, Step.LOST)) {
      String result =
          switch (entry.step()) {
            case COMMITTED -> "committed";
            case REPEATED -> "repeated";
            case REFUSED -> refusal(entry.first());
            default -> "not known to have reached Kafka";
          };
      decided.add(new Trail.Decided(time(entry.at()), result));
    }
    return decided;
  }

  private static String refusal(long status) {
    for (ErrorCode code : ErrorCode.values()) {
      if (code.status() == status) {
        return code.wire();
      }
    }
    return "refused";
  }

  private List<Trail.Routed> routed() {
    return all(Step.ROUTED, Step.BROADCAST).stream()
        .map(entry ->
            new Trail.Routed(
                time(entry.at()),
                entry.step() == Step.BROADCAST,
                IntStream.range(0, Long.SIZE)
                    .filter(bit -> (entry.first() >>> bit & 1) == 1)
                    .map(bit -> bit + 1)
                    .boxed()
                    .toList()))
        .toList();
  }

  private List<Trail.AtGateway> gateways(List<Trail.Routed> routed) {
    List<Trail.AtGateway> gateways = new ArrayList<>();
    if (logged.isEmpty()) {
      return gateways;
    }
    boolean everyone = routed.stream().anyMatch(Trail.Routed::everyone);
    Set<Integer> slots = new HashSet<>();
    routed.forEach(one -> slots.addAll(one.slots()));
    for (Answer answer : collected.answers()) {
      if (answer.service().equals(GATEWAY)) {
        SlotAddress address = SlotAddress.parse(answer.slot());
        boolean sent = address != null && (everyone || slots.contains(address.slot()));
        gateways.add(gateway(address, answer, sent, !routed.isEmpty()));
      }
    }
    for (SlotAddress silent : collected.silent()) {
      gateways.add(
          new Trail.AtGateway(
              silent.slot(),
              silent.incarnation(),
              null,
              List.of(),
              0,
              "It did not answer in time; nothing is known."));
    }
    return gateways;
  }

  private static Trail.AtGateway gateway(
      @Nullable SlotAddress address, Answer answer, boolean sent, boolean routesKnown) {
    List<Entry> read =
        entries(answer.entries(), Step.ARRIVED, Step.UNWANTED, Step.REPLY_ONLY, Step.DUPLICATE);
    List<Trail.Written> written = new ArrayList<>();
    long sessions = 0;
    long catchingUp = 0;
    for (Entry entry : of(answer, Step.WRITTEN)) {
      written.add(new Trail.Written(time(entry.at()), entry.first(), entry.second()));
      sessions += entry.first();
      catchingUp += entry.second();
    }
    return new Trail.AtGateway(
        address == null ? null : address.slot(),
        address == null ? null : address.incarnation(),
        read.isEmpty() ? null : time(read.getFirst().at()),
        written,
        sessions,
        why(read, written, sessions, catchingUp, sent, routesKnown));
  }

  private static @Nullable String why(
      List<Entry> read,
      List<Trail.Written> written,
      long sessions,
      long catchingUp,
      boolean sent,
      boolean routesKnown) {
    if (catchingUp > 0) {
      return "Sessions that were catching up (%d) get it from the log.".formatted(catchingUp);
    }
    if (sessions > 0) {
      return null;
    }
    if (!written.isEmpty()) {
      return "The sessions that were subscribed had gone when it came.";
    }
    if (read.isEmpty()) {
      if (sent) {
        return "It was sent here and has not been read, or is older than what is remembered.";
      }
      return routesKnown
          ? "It was not sent here: nobody on this gateway was subscribed."
          : "Nothing is remembered of it: it was not sent here, or is too old.";
    }
    return switch (read.getFirst().step()) {
      case UNWANTED -> "Nobody on this gateway was subscribed.";
      case REPLY_ONLY -> "Only its sender was here, and got the reply alone.";
      default -> "It waits for an event before it, or for its sessions' event loops.";
    };
  }

  private List<String> unknown() {
    List<String> unknown = new ArrayList<>();
    if (!collected.asked()) {
      unknown.add("Redis does not answer, so that nobody could be asked: only the log is told.");
    }
    if (collected.unanswered() > 0) {
      unknown.add(
          "Processes that heard the question and did not answer in time: %d."
              .formatted(collected.unanswered()));
    }
    return unknown;
  }

  private List<Entry> all(Step... steps) {
    return collected.answers().stream()
        .flatMap(answer -> entries(answer.entries(), steps).stream())
        .sorted(Comparator.comparingLong(Entry::at))
        .toList();
  }

  private static List<Entry> of(Answer answer, Step step) {
    return entries(answer.entries(), step);
  }

  private static List<Entry> entries(List<Entry> entries, Step... steps) {
    List<Step> wanted = List.of(steps);
    return entries.stream().filter(entry -> wanted.contains(entry.step())).toList();
  }

  private static String time(long millis) {
    return Timestamps.text(millis);
  }
}
