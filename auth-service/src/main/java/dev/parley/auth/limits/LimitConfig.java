package dev.parley.auth.limits;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/// How often one may try, per minute and auth-service process.
@ConfigMapping(prefix = "parley.auth.limits")
public interface LimitConfig {
  /// Failed logins of one account. Default 10: a person who mistypes is done by then, one who
  /// guesses gets 14,400 a day.
  @WithDefault("10")
  int failedLoginsPerAccount();

  /// Failed logins from one address, over all accounts. Default 100: many people may share an
  /// address.
  @WithDefault("100")
  int failedLoginsPerAddress();

  /// Registrations from one address. Default 300: a whole school behind one address on its first
  /// day.
  @WithDefault("300")
  int registrationsPerAddress();

  /// Proxies whose `X-Forwarded-For` is believed, as addresses or networks (`10.0.0.0/8`). Default
  /// this machine, where the embedded stack's entry is.
  @WithDefault("127.0.0.0/8,::1")
  List<String> trustedProxies();
}
