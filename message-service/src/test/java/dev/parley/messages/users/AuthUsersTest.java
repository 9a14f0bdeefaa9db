package dev.parley.messages.users;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.parley.contracts.ErrorCode;
import dev.parley.runtime.problem.Problem;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuthUsersTest {
  private static final UUID KNOWN = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
  private static final UUID MISSING = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8058");

  private final List<String> asked = new ArrayList<>();
  private HttpServer auth;
  private AuthUsers users;
  private int status = 200;

  @BeforeEach
  void start() throws Exception {
    auth = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    auth.createContext(
        "/internal/users/exist",
        exchange -> {
          asked.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Parley-Service")
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          byte[] answer = ("{\"missing\":[\"" + MISSING + "\"],\"later\":1}").getBytes(UTF_8);
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    auth.start();
    URI url = URI.create("http://127.0.0.1:" + auth.getAddress().getPort() + "/");
    users =
        new AuthUsers(
            url,
            "secret",
            new ObjectMapper()
                .disable(
                    com.fasterxml.jackson.databind.DeserializationFeature
                        .FAIL_ON_UNKNOWN_PROPERTIES));
  }

  @AfterEach
  void stop() {
    users.close();
    auth.stop(0);
  }

  @Test
  void whoIsMissingIsToldByTheAuthService() {
    assertEquals(List.of(MISSING), users.missing(List.of(KNOWN, MISSING)));
    assertEquals(List.of("POST secret {\"users\":[\"" + KNOWN + "\",\"" + MISSING + "\"]}"), asked);
  }

  @Test
  void moreThanFiveThousandAreAskedInParts() {
    users.missing(Stream.generate(UUID::randomUUID).limit(5001).toList());
    assertEquals(2, asked.size());
  }

  @Test
  void aServiceThatCannotTellMakesTheAnswerUnavailable() {
    status = 500;
    assertUnavailable();
    auth.stop(0);
    assertUnavailable();
  }

  private void assertUnavailable() {
    Problem problem = assertThrows(Problem.class, () -> users.missing(List.of(KNOWN)));
    assertEquals(ErrorCode.UNAVAILABLE, problem.code());
  }
}
