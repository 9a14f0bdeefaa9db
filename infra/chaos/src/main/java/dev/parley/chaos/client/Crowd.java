package dev.parley.chaos.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// Everybody who takes part: users, their devices, and their conversations.
///
/// @param devices one of each user, and a second one of every fifth
/// @param churning the groups whose membership changes
public record Crowd(List<Device> devices, List<Churning> churning) {
  private static final int SECOND_EVERY = 5;
  private static final int CHURNING = 4;
  private static final int GUESTS = 6;

  /// A group that its owner adds guests to and removes them from.
  ///
  /// @param owner the device that does so
  /// @param guests users with their devices
  public record Churning(UUID conversation, Device owner, Map<UUID, Device> guests) {}

  /// How large the conversations are, among `users` people: from 2 to 50, most of them small.
  static List<Integer> sizes(int users, Random random) {
    List<Integer> sizes = new ArrayList<>(List.of(50, 40, 30));
    for (int n = 0; n < Math.max(1, users / 33); n++) {
      sizes.add(15 + random.nextInt(11));
    }
    for (int n = 0; n < Math.max(CHURNING, users / 16); n++) {
      sizes.add(6 + random.nextInt(9));
    }
    for (int n = 0; n < users / 8; n++) {
      sizes.add(3 + random.nextInt(3));
    }
    for (int n = 0; n < users / 8; n++) {
      sizes.add(2);
    }
    return sizes.stream().map(size -> Math.min(size, users)).toList();
  }

  /// How many users have so many devices together.
  static int users(int devices) {
    return Math.max(1, devices - devices / (SECOND_EVERY + 1));
  }

  /// Registers everybody, signs them in and opens their conversations; nobody is connected yet.
  ///
  /// @param surname part of all usernames
  public static Crowd gather(Scene scene, int devices, long seed, String surname) {
    Random random = new Random(seed);
    List<Account> accounts = new Registration(scene.api()).register(users(devices), surname);
    List<Device> all = new ArrayList<>();
    Map<UUID, List<Device>> byUser = new LinkedHashMap<>();
    for (int n = 0; n < devices; n++) {
      boolean second = n >= accounts.size();
      int user = second ? (n - accounts.size()) * SECOND_EVERY % accounts.size() : n;
      Account account = accounts.get(user);
      String label = "user-%03d-%s".formatted(user, second ? "b" : "a");
      Device device = new Device(scene, account, label, habit(n), random.nextLong());
      all.add(device);
      byUser.computeIfAbsent(account.user(), none -> new ArrayList<>()).add(device);
    }
    await(all.stream().map(Device::signIn).toList());
    return new Crowd(all, converse(byUser, random));
  }

  private static List<Churning> converse(Map<UUID, List<Device>> byUser, Random random) {
    List<UUID> users = List.copyOf(byUser.keySet());
    List<Churning> churning = new ArrayList<>();
    Set<Set<UUID>> pairs = new HashSet<>();
    int next = 0;
    for (int size : sizes(users.size(), random)) {
      // Each turn begins with somebody else, so that everybody is somewhere.
      List<UUID> members = new ArrayList<>(users);
      Collections.shuffle(members, random);
      members.remove(users.get(next));
      members.addFirst(users.get(next));
      next = (next + 1) % users.size();
      List<UUID> in = List.copyOf(members.subList(0, size));
      if (size == 2 && !pairs.add(Set.copyOf(in))) {
        continue;
      }
      Device founder = of(byUser, in.getFirst()).getFirst();
      UUID conversation = founder.open(size == 2 ? "direct" : "group", in.subList(1, size)).join();
      in.forEach(user -> of(byUser, user).forEach(device -> device.begin(conversation)));
      if (churning.size() < CHURNING && size >= 6 && size < 15) {
        Map<UUID, Device> guests = new HashMap<>();
        members
            .subList(size, Math.min(size + GUESTS, members.size()))
            .forEach(guest -> guests.put(guest, of(byUser, guest).getFirst()));
        churning.add(new Churning(conversation, founder, guests));
      }
    }
    return churning;
  }

  private static List<Device> of(Map<UUID, List<Device>> byUser, UUID user) {
    return byUser.getOrDefault(user, List.of());
  }

  private static Habit habit(int n) {
    int of = n % 20;
    if (of < 10) {
      return Habit.STEADY;
    }
    if (of < 14) {
      return Habit.BURSTY;
    }
    return of < 17 ? Habit.SLOW : Habit.RESTLESS;
  }

  private static void await(Collection<? extends CompletableFuture<?>> all) {
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
  }
}
