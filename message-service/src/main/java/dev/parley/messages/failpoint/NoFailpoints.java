package dev.parley.messages.failpoint;

import io.quarkus.arc.DefaultBean;
import jakarta.inject.Singleton;

/// Stands wherever [HaltingFailpoints] was not built in.
@Singleton
@DefaultBean
final class NoFailpoints implements Failpoints {
  @Override
  public void reach(Failpoint point) {}
}
