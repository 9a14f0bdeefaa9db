package dev.parley.auth.limits;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.runtime.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final String HOME = "198.51.100.7";
  private static final String ELSEWHERE = "198.51.100.8";

  private record Config(
      int failedLoginsPerAccount,
      int failedLoginsPerAddress,
      int registrationsPerAddress,
      List<String> trustedProxies)
      implements LimitConfig {}

  private final Limits limits = new Limits(new Config(10, 100, 300, List.of("127.0.0.0/8")));

  @Test
  void anAddressIsLimitedOverAllAccounts() {
    for (int i = 0; i < 100; i++) {
      limits.login("user" + i, HOME);
    }
    assertThrows(Problem.class, () -> limits.login("another", HOME));
    limits.login("another", ELSEWHERE);
  }

  @Test
  void anAccountIsLimitedOverAllAddresses() {
    for (int i = 0; i < 10; i++) {
      limits.login("ann", "198.51.100." + i);
    }
    assertThrows(Problem.class, () -> limits.login("ann", "203.0.113.1"));
    limits.login("bob", "203.0.113.1");
  }

  @Test
  void aLimitedAccountDoesNotUseUpTheAddress() {
    for (int i = 0; i < 10; i++) {
      limits.login("ann", ELSEWHERE);
    }
    for (int i = 0; i < 200; i++) {
      assertThrows(Problem.class, () -> limits.login("ann", HOME));
    }
    limits.login("bob", HOME);
  }

  @Test
  void whatIsForgottenDoesNotCount() {
    for (int i = 0; i < 1000; i++) {
      limits.login("ann", HOME).forget();
    }
  }
}
