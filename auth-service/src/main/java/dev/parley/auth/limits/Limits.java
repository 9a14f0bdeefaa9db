package dev.parley.auth.limits;

import dev.parley.runtime.problem.Problem;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;

/// The limits on guessing passwords and on making accounts. Thread-safe; never blocks.
@ApplicationScoped
public class Limits {
  private static final String LOGINS = "Too many failed logins; wait before you try again.";
  private static final String REGISTRATIONS = "Too many registrations from your address.";

  private final RateLimit account;
  private final RateLimit address;
  private final RateLimit registrations;
  private final ClientAddress client;

  Limits(LimitConfig config) {
    account = new RateLimit(config.failedLoginsPerAccount(), LOGINS, System::nanoTime);
    address = new RateLimit(config.failedLoginsPerAddress(), LOGINS, System::nanoTime);
    registrations =
        new RateLimit(config.registrationsPerAddress(), REGISTRATIONS, System::nanoTime);
    client = new ClientAddress(config.trustedProxies().stream().map(Network::parse).toList());
  }

  /// A login that has begun and counts as failed unless it is forgotten.
  public static final class Attempt {
    private final RateLimit.Use account;
    private final RateLimit.Use address;

    private Attempt(RateLimit.Use account, RateLimit.Use address) {
      this.account = account;
      this.address = address;
    }

    /// The password was right, or could not be checked: the attempt does not count.
    public void forget() {
      account.undo();
      address.undo();
    }
  }

  /// Begins a login into the account of that name, which need not exist.
  ///
  /// @throws Problem `rate_limited` if too many have failed within the minute
  public Attempt login(String usernameKey, HttpServerRequest request) {
    return login(usernameKey, client.of(request));
  }

  Attempt login(String usernameKey, String clientAddress) {
    RateLimit.Use fromAddress = address.use(clientAddress);
    try {
      return new Attempt(account.use(usernameKey), fromAddress);
    } catch (Problem refused) {
      fromAddress.undo();
      throw refused;
    }
  }

  /// Counts a registration.
  ///
  /// @throws Problem `rate_limited` if there were too many from that address within the minute
  public void registration(HttpServerRequest request) {
    registrations.use(client.of(request));
  }
}
