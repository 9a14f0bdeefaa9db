package dev.parley.chaos.client;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;

/// Makes accounts, two at a time: each password costs 50 ms of a core to hash.
final class Registration {
  private static final int AT_ONCE = 2;
  private static final int TRIES = 60;
  private static final String PASSWORD = "correct horse battery staple";

  private final Api api;
  private final Semaphore turns = new Semaphore(AT_ONCE);

  Registration(Api api) {
    this.api = api;
  }

  List<Account> register(int users, String surname) {
    List<CompletableFuture<Account>> all = new ArrayList<>();
    for (int n = 0; n < users; n++) {
      String name = "user%03d.%s".formatted(n, surname);
      CompletableFuture<Account> registered = new CompletableFuture<>();
      all.add(registered);
      Thread.startVirtualThread(() -> {
        try {
          registered.complete(register(name));
        } catch (InterruptedException | ExecutionException | RuntimeException e) {
          registered.completeExceptionally(e);
        }
      });
    }
    return all.stream().map(CompletableFuture::join).toList();
  }

  private Account register(String name) throws InterruptedException, ExecutionException {
    Api.Answer answer = new Api.Answer(0, Json.object(), "not tried");
    for (int tries = 0; tries < TRIES; tries++) {
      turns.acquire();
      try {
        var body =
            Json.object().put("username", name).put("password", PASSWORD).put("displayName", name);
        answer = api.ask("POST", "/api/auth/register", body, null, null).get();
      } finally {
        turns.release();
      }
      if (answer.ok()) {
        UUID user = Json.id(answer.body(), "user");
        return new Account(user, name, PASSWORD);
      }
      Thread.sleep(1_000);
    }
    throw new IllegalStateException(name + " could not be registered: " + answer);
  }
}
