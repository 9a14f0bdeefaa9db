package dev.parley.runtime.token;

import dev.parley.contracts.ErrorCode;
import dev.parley.runtime.problem.Problem;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Lets the framework's bearer authentication ask [TokenVerifier]. It is called on a worker thread
/// (`quarkus.smallrye-jwt.blocking-authentication`), so it may wait for keys.
@ApplicationScoped
@Alternative
@Priority(1)
class BearerTokens extends JWTCallerPrincipalFactory {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final TokenVerifier verifier;

  BearerTokens(TokenVerifier verifier) {
    this.verifier = verifier;
  }

  @Override
  public JWTCallerPrincipal parse(String token, JWTAuthContextInfo context) throws ParseException {
    return switch (verdict(token)) {
      case Verdict.Accepted(Caller caller) -> new CallerPrincipal(token, caller);
      case Verdict.Refused refused ->
          throw refusal(ErrorCode.UNAUTHENTICATED, "The access token is not valid.");
      case Verdict.Revoked revoked ->
          throw refusal(ErrorCode.UNAUTHENTICATED, "The access token has been revoked.");
      case Verdict.Unknown unknown -> throw unavailable();
    };
  }

  private Verdict verdict(String token) throws ParseException {
    try {
      return verifier
          .verify(token)
          .toCompletableFuture()
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return new Verdict.Unknown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Verdict.Unknown();
    } catch (ExecutionException e) {
      throw new ParseException("verification failed", e.getCause());
    }
  }

  private static ParseException refusal(ErrorCode code, String detail) {
    return new ParseException(detail, new Problem(code, detail));
  }

  private static ParseException unavailable() {
    String detail = "Access tokens cannot be verified now.";
    return new ParseException(
        detail, new Problem(ErrorCode.UNAVAILABLE, detail, Duration.ofSeconds(1)));
  }
}
