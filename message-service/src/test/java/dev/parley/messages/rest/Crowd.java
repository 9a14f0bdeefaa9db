package dev.parley.messages.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Requests that are made at the same moment.
final class Crowd {
  private Crowd() {}

  /// What they were answered, in their order.
  static <T> List<T> atOnce(List<Callable<T>> requests) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(requests.size())) {
      List<Future<T>> running = new ArrayList<>();
      for (Callable<T> request : requests) {
        running.add(
            threads.submit(() -> {
              start.await();
              return request.call();
            }));
      }
      start.countDown();
      List<T> answers = new ArrayList<>();
      for (Future<T> one : running) {
        answers.add(one.get());
      }
      return answers;
    }
  }
}
