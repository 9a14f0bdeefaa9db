package dev.parley.contracts.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.contracts.MalformedRecord;
import dev.parley.contracts.RecordHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevocationCodecTest {
  private static final Revocation LOGIN =
      new Revocation.Login(
          UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057"),
          Instant.parse("2026-01-31T09:00:00.123Z"));
  private static final Revocation USER =
      new Revocation.User(
          UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8058"),
          Instant.parse("2026-01-31T09:00:00Z"));

  @Test
  void loginIsWrittenAndReadAsItsSample() throws Exception {
    assertSample("revocation-login.json", "login:01890a5d-ac96-774b-bcce-b302099a8057", LOGIN);
  }

  @Test
  void userIsWrittenAndReadAsItsSample() throws Exception {
    assertSample("revocation-user.json", "user:01890a5d-ac96-774b-bcce-b302099a8058", USER);
  }

  @Test
  void unknownFieldsAreIgnored() throws Exception {
    String value =
        """
        {"why":{"because":[1]},"login":"01890a5d-ac96-774b-bcce-b302099a8057",\
        "at":"2026-01-31T09:00:00.123Z"}\
        """;
    assertEquals(LOGIN, RevocationCodec.decode(version("1"), value.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"at\":\"2026-01-31T09:00:00Z\"}",
        "{\"login\":\"01890a5d-ac96-774b-bcce-b302099a8057\"}",
        "{\"login\":\"1-1-1-1-1\",\"at\":\"2026-01-31T09:00:00Z\"}",
        "{\"login\":\"01890a5d-ac96-774b-bcce-b302099a8057\",\"at\":17}",
        "{\"login\":\"01890a5d-ac96-774b-bcce-b302099a8057\",\"at\":\"2026",
        "{\"login\":\"01890a5d-ac96-774b-bcce-b302099a8057\","
            + "\"user\":\"01890a5d-ac96-774b-bcce-b302099a8057\",\"at\":\"2026-01-31T09:00:00Z\"}"
      })
  void anythingElseIsMalformed(String value) {
    assertThrows(
        MalformedRecord.class, () -> RevocationCodec.decode(version("1"), value.getBytes(UTF_8)));
  }

  @Test
  void anotherVersionIsMalformed() {
    byte[] value = RevocationCodec.value(LOGIN);
    assertThrows(MalformedRecord.class, () -> RevocationCodec.decode(version("2"), value));
  }

  private static void assertSample(String file, String key, Revocation revocation)
      throws IOException, MalformedRecord {
    byte[] sample;
    try (InputStream in = RevocationCodecTest.class.getResourceAsStream("/samples/token/" + file)) {
      sample = in.readAllBytes();
    }
    assertEquals(new String(sample, UTF_8), new String(RevocationCodec.value(revocation), UTF_8));
    assertEquals(key, new String(RevocationCodec.key(revocation), UTF_8));
    Map<String, byte[]> headers = RevocationCodec.headers(revocation).bytes();
    assertEquals(
        revocation, RevocationCodec.decode(new RecordHeaders.Reader(headers::get), sample));
  }

  private static RecordHeaders.Reader version(String version) {
    return new RecordHeaders.Reader(Map.of("v", version.getBytes(UTF_8))::get);
  }
}
