package dev.parley.messages.failpoint;

import io.quarkus.arc.properties.IfBuildProperty;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Ends the process, as SIGKILL would, at the point that the system property `parley.failpoint`
/// names (`mid_batch`, `committed`, `routed`). Part of the application only if it was built with
/// `-Dparley.failpoints=true`.
@Singleton
@IfBuildProperty(name = "parley.failpoints", stringValue = "true")
final class HaltingFailpoints implements Failpoints {
  private static final int KILLED = 137;

  private final @Nullable Failpoint armed;

  HaltingFailpoints() {
    String name = System.getProperty("parley.failpoint");
    armed = name == null ? null : Failpoint.valueOf(name.toUpperCase(Locale.ROOT));
  }

  @Override
  public void reach(Failpoint point) {
    if (point == armed) {
      Runtime.getRuntime().halt(KILLED);
    }
  }
}
