package dev.parley.system;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// People who do a little of everything, for as long as somebody watches: they send, type, read,
/// watch each other and look things up. Whatever breaks meanwhile, they go on.
final class Load {
  private final Stack stack;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean ended;

  private Load(Stack stack) {
    this.stack = stack;
  }

  /// @param conversation in which all of them are
  static Load by(Stack stack, List<Person> people, String conversation) {
    Load load = new Load(stack);
    for (int i = 0; i < people.size(); i++) {
      int gateway = 1 + i % 2;
      Person person = people.get(i);
      load.threads.add(
          Thread.ofVirtual().start(() -> load.goOn(person, gateway, conversation, people)));
    }
    return load;
  }

  private void goOn(Person person, int gateway, String conversation, List<Person> people) {
    while (!ended) {
      try (Live live = Live.connected(stack.gateway(gateway), person)) {
        live.ask("watch", "users", people.stream().map(Person::user).toList());
        live.ask("presence", "status", "busy");
        while (!ended) {
          long seq = live.sent(conversation, "as ever");
          live.tell("typing", "conversation", conversation);
          live.tell("read", "conversation", conversation, "seq", seq);
          person.get("/api/conversations/" + conversation).ok();
          person.get("/api/presence?users=" + person.user()).ok();
          live.sent(conversation, "and again");
          pause();
        }
      } catch (InterruptedException e) {
        return;
      } catch (Exception broken) {
        comeAgain(person);
      }
    }
  }

  // What broke may have been a token that ran out while nobody could be asked for another.
  private static void comeAgain(Person person) {
    pause();
    try {
      person.logIn();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException stillBroken) {
      pause();
    }
  }

  // A person's pace, and no hammering at what is broken.
  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void end() throws InterruptedException {
    ended = true;
    for (Thread thread : threads) {
      thread.interrupt();
      thread.join();
    }
  }
}
