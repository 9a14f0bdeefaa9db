package dev.parley.gateway.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OriginsTest {
  private final Origins same = new Origins(Optional.empty());
  private final Origins listed = new Origins(Optional.of(Set.of("https://Chat.example")));

  @Test
  void sameOriginIsHostAndPort() {
    assertTrue(same.allow("http://localhost:8080", "localhost:8080"));
    assertTrue(same.allow("https://Chat.example", "chat.example"));
    assertTrue(same.allow("https://chat.example", "chat.example:443"));
    assertTrue(same.allow("http://[::1]:8080", "[::1]:8080"));
    assertFalse(same.allow("http://localhost:8081", "localhost:8080"));
    assertFalse(same.allow("http://chat.example.evil.example", "chat.example"));
    assertFalse(same.allow("https://chat.example", null));
    assertFalse(same.allow("null", "null"));
    assertFalse(same.allow("file://", "chat.example"));
    assertFalse(same.allow("", "chat.example"));
  }

  @Test
  void listedOriginsReplaceTheOwn() {
    assertTrue(listed.allow("https://chat.example", "gateway.example"));
    assertFalse(listed.allow("https://gateway.example", "gateway.example"));
    assertFalse(listed.allow("http://chat.example", "gateway.example"));
  }

  @Test
  void nativeClientsSendNoOrigin() {
    assertTrue(same.allow(null, "chat.example"));
    assertTrue(listed.allow(null, "chat.example"));
  }
}
