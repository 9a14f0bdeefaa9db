package dev.parley.stack.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @Test
  void aSettingOfOneProcessGoesBeforeThatOfItsKind() {
    Settings settings =
        Settings.parse(List.of("gateway-2.a=mine", "gateway.a=all", "gateway.b.c=x=y"));
    assertEquals(Map.of("a", "all", "b.c", "x=y"), settings.of("gateway-1"));
    assertEquals(Map.of("a", "mine", "b.c", "x=y"), settings.of("gateway-2"));
    assertEquals(Map.of(), settings.of("postgres"));
  }

  @Test
  void aServiceIsKnownByItsShortAndItsLongName() {
    Settings settings = Settings.parse(List.of("message.a=1", "message-service.b=2", "auth.c="));
    assertEquals(Map.of("a", "1", "b", "2"), settings.of("message-service-3"));
    assertEquals(Map.of("c", ""), settings.of("auth-service"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gateway", "gateway.a", "mail.a=1", "postgres-1.a=1", "=", "kafka-x.a=1"})
  void anythingElseIsRefusedByName(String value) {
    var refusal =
        assertThrows(IllegalArgumentException.class, () -> Settings.parse(List.of(value)));
    assertTrue(refusal.getMessage().startsWith("--set " + value + ": expected"));
  }
}
