package dev.parley.runtime.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.parley.contracts.ErrorCode;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpClosedException;
import jakarta.annotation.Priority;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/// The one place where a failure becomes an answer over REST. Nothing that a client has sent, and
/// no exception's own text, is repeated to it; what nobody expected is logged in full and answered
/// `internal`.
///
/// Public because the framework's generated code calls it; services never do.
public class ProblemMappers {
  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
  private static final int ABOVE_BUILT_IN = Priorities.USER - 1000;

  @ServerExceptionMapper
  public Response expected(Problem problem) {
    return ProblemDocument.of(problem).response();
  }

  // The framework's own mapper for this subclass would win over the one for its parent.
  @ServerExceptionMapper
  @Priority(ABOVE_BUILT_IN)
  public Response mismatchedJson(MismatchedInputException e) {
    return malformedJson(e);
  }

  @ServerExceptionMapper
  @Priority(ABOVE_BUILT_IN)
  public Response malformedJson(JsonProcessingException e) {
    return ProblemDocument.of(ErrorCode.BAD_REQUEST, describe(e)).response();
  }

  // What the parser takes for UTF-32, by its first zero bytes, and is none.
  @ServerExceptionMapper
  @Priority(ABOVE_BUILT_IN)
  public Response undecodable(CharConversionException e) {
    return ProblemDocument.of(ErrorCode.BAD_REQUEST, "The body is not JSON in UTF-8.").response();
  }

  // Nobody reads this answer.
  @ServerExceptionMapper
  @Priority(ABOVE_BUILT_IN)
  public Response abandoned(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpClosedException || cause instanceof ClosedChannelException) {
        LOG.debug("a client went away before its request was read", e);
        return ProblemDocument.of(ErrorCode.BAD_REQUEST, "The request is not whole.").response();
      }
    }
    return unexpected(e);
  }

  @ServerExceptionMapper
  @Priority(ABOVE_BUILT_IN)
  public Response invalid(ValidationException e) {
    if (e instanceof ConstraintViolationException violations
        && !violations.getConstraintViolations().isEmpty()) {
      var first = violations.getConstraintViolations().iterator().next();
      String path = first.getPropertyPath().toString();
      String field = path.substring(path.lastIndexOf('.') + 1);
      String detail = "'" + field + "' " + first.getMessage() + ".";
      return ProblemDocument.of(ErrorCode.BAD_REQUEST, detail).response();
    }
    return unexpected(e);
  }

  @ServerExceptionMapper
  @Priority(ABOVE_BUILT_IN)
  public Response unauthenticated(UnauthorizedException e) {
    return ProblemDocument.of(
            ErrorCode.UNAUTHENTICATED, "This needs an access token: Authorization: Bearer <token>.")
        .response();
  }

  @ServerExceptionMapper
  @Priority(ABOVE_BUILT_IN)
  public Response refusedToken(AuthenticationFailedException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof Problem problem) {
        return ProblemDocument.of(problem).response();
      }
    }
    return ProblemDocument.of(ErrorCode.UNAUTHENTICATED, "The access token is not valid.")
        .response();
  }

  @ServerExceptionMapper
  @Priority(ABOVE_BUILT_IN)
  public Response forbidden(ForbiddenException e) {
    return ProblemDocument.of(ErrorCode.FORBIDDEN, "You may not do this.").response();
  }

  @ServerExceptionMapper
  @Priority(ABOVE_BUILT_IN)
  public Response http(WebApplicationException e) {
    if (e.getCause() instanceof JsonProcessingException json) {
      return malformedJson(json);
    }
    int status = e.getResponse().getStatus();
    if (status < 400) {
      return e.getResponse();
    }
    ProblemDocument document =
        switch (status) {
          case 401 -> ProblemDocument.of(ErrorCode.UNAUTHENTICATED, "This needs an access token.");
          case 403 -> ProblemDocument.of(ErrorCode.FORBIDDEN, "You may not do this.");
          case 404 -> ProblemDocument.of(ErrorCode.NOT_FOUND, "There is nothing at this address.");
          case 405 -> odd(status, "This address does not know that method.");
          case 406 -> odd(status, "This address answers in application/json only.");
          case 413 -> ProblemDocument.of(ErrorCode.TOO_LARGE, "The request is too large.");
          case 415 -> odd(status, "This address takes application/json only.");
          case 429 -> ProblemDocument.of(ErrorCode.RATE_LIMITED, "Too many requests.");
          case 503 -> unavailable();
          case 504 -> ProblemDocument.of(ErrorCode.TIMEOUT, "The answer took too long.");
          default -> {
            if (status >= 500) {
              LOG.error("a request failed", e);
              yield ProblemDocument.of(ErrorCode.INTERNAL, "The request failed.");
            }
            yield odd(status, "The request is not valid.");
          }
        };
    Response response = document.response();
    Object allow = e.getResponse().getHeaders().getFirst(HttpHeaders.ALLOW);
    return allow == null
        ? response
        : Response.fromResponse(response).header(HttpHeaders.ALLOW, allow).build();
  }

  @ServerExceptionMapper
  @Priority(ABOVE_BUILT_IN)
  public Response unexpected(Throwable e) {
    if (DatabaseFailure.of(e).passes()) {
      LOG.warnf("a request was not served, the database does not answer: %s", e.toString());
      return unavailable().response();
    }
    LOG.error("a request failed for a reason nobody expected", e);
    return ProblemDocument.of(ErrorCode.INTERNAL, "The request failed.").response();
  }

  private static ProblemDocument odd(int status, String detail) {
    return new ProblemDocument(status, ErrorCode.BAD_REQUEST, detail, null);
  }

  private static ProblemDocument unavailable() {
    ErrorCode code = ErrorCode.UNAVAILABLE;
    return new ProblemDocument(
        code.status(), code, "The service cannot answer now.", Duration.ofSeconds(1));
  }

  private static String describe(JsonProcessingException e) {
    @Nullable String field = null;
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      field = mapping.getPath().getLast().getFieldName();
    }
    // Only names that our own records know get here: unknown fields are ignored before.
    return field == null
        ? "The body is not the JSON object that this address takes."
        : "'" + field + "' does not have the type that this address takes.";
  }
}
