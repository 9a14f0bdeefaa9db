package dev.parley.runtime.problem;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.parley.contracts.ErrorCode;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An RFC 9457 problem document with the extra fields `code` (an [ErrorCode]) and `retryAfter` (in
/// milliseconds), as an HTTP response.
///
/// @param status the HTTP status; mostly the code's own, but 405, 406, 415 and 426 have no code of
///   theirs
/// @param detail one sentence for the client
/// @param retryAfter also given as the header `Retry-After`, rounded up to whole seconds
public record ProblemDocument(
    int status, ErrorCode code, String detail, @Nullable Duration retryAfter) {
  /// Of its JSON.
  public static final String MEDIA_TYPE = "application/problem+json";

  /// Jakarta REST does not know it (RFC 9110 section 15.5.22).
  private static final int UPGRADE_REQUIRED = 426;

  private static final JsonFactory JSON = new JsonFactory();

  static ProblemDocument of(ErrorCode code, String detail) {
    return new ProblemDocument(code.status(), code, detail, null);
  }

  static ProblemDocument of(Problem problem) {
    return new ProblemDocument(
        problem.code().status(),
        problem.code(),
        Objects.requireNonNullElse(problem.getMessage(), problem.code().wire()),
        problem.retryAfter());
  }

  Response response() {
    // As text, so that a client's Accept header cannot turn the refusal into another one.
    Response.ResponseBuilder response =
        Response.status(status).type(MEDIA_TYPE).entity(json()).header("Cache-Control", "no-store");
    if (retryAfter != null) {
      response.header(HttpHeaders.RETRY_AFTER, (retryAfter.toMillis() + 999) / 1000);
    }
    if (code == ErrorCode.UNAUTHENTICATED) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    return response.build();
  }

  /// The document itself.
  public String json() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("type", "about:blank");
      json.writeStringField("title", title());
      json.writeNumberField("status", status);
      json.writeStringField("code", code.wire());
      json.writeStringField("detail", detail);
      if (retryAfter != null) {
        json.writeNumberField("retryAfter", retryAfter.toMillis());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private String title() {
    if (status == UPGRADE_REQUIRED) {
      return "Upgrade Required";
    }
    Response.Status known = Response.Status.fromStatusCode(status);
    return known == null ? code.wire() : known.getReasonPhrase();
  }
}
