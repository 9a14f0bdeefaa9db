package dev.parley.chaos.run;

import dev.parley.chaos.check.Rest;
import dev.parley.chaos.client.Api;
import dev.parley.chaos.client.Device;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Compares what Parley says of everybody's presence with who is connected.
final class Presences {
  private final Api api;
  private final List<Device> devices;
  private final Map<UUID, List<UUID>> members;

  /// @param members by conversation
  Presences(Api api, List<Device> devices, Map<UUID, List<UUID>> members) {
    this.api = api;
    this.devices = devices;
    this.members = members;
  }

  /// Asks until all is as it should be, or the time is over.
  ///
  /// @param online whether the device is connected
  List<Rest.Presence> compare(Predicate<Device> online, Duration atMost)
      throws InterruptedException, ExecutionException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (true) {
      List<Rest.Presence> all = ask(online);
      if (all.stream().allMatch(each -> each.expected().equals(each.told()))
          || System.nanoTime() > deadline) {
        return all;
      }
      TimeUnit.SECONDS.sleep(1);
    }
  }

  private List<Rest.Presence> ask(Predicate<Device> online)
      throws InterruptedException, ExecutionException {
    Set<UUID> connected =
        devices.stream()
            .filter(online)
            .map(device -> device.account().user())
            .collect(Collectors.toSet());
    List<Rest.Presence> all = new ArrayList<>();
    Set<UUID> compared = new HashSet<>();
    for (List<UUID> conversation : members.values()) {
      List<UUID> wanted = conversation.stream().filter(user -> !compared.contains(user)).toList();
      Optional<Device> watcher =
          devices.stream()
              .filter(online)
              .filter(device -> conversation.contains(device.account().user()))
              .findFirst();
      if (wanted.isEmpty() || watcher.isEmpty()) {
        continue;
      }
      Map<UUID, String> told = told(watcher.get(), wanted);
      for (UUID user : wanted) {
        compared.add(user);
        all.add(
            new Rest.Presence(
                user.toString(),
                connected.contains(user) ? "online" : "offline",
                told.getOrDefault(user, "nothing")));
      }
    }
    return all;
  }

  private Map<UUID, String> told(Device watcher, List<UUID> users)
      throws InterruptedException, ExecutionException {
    String ids = users.stream().map(UUID::toString).collect(Collectors.joining(","));
    Api.Answer answer =
        api.ask("GET", "/api/presence?users=" + ids, null, watcher.lastToken(), null).get();
    Map<UUID, String> told = new HashMap<>();
    for (var each : answer.body().path("users")) {
      told.put(UUID.fromString(each.path("user").asText()), each.path("status").asText());
    }
    return told;
  }
}
