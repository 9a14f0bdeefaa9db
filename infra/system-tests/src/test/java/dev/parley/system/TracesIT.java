package dev.parley.system;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.system.Collector.Left;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedStack.class)
class TracesIT {
  @Test
  @ExtendWith(InProcesses.class)
  void oneTraceLeadsFromTheSendersFrameToTheRecipientsSocket(Stack stack) throws Exception {
    Person ada = Person.registered(stack);
    Person ben = Person.registered(stack);
    String group = ada.opened("group", ben);
    try (Live here = Live.connected(stack.gateway(1), ada);
        Live one = Live.connected(stack.gateway(2), ben);
        Live other = Live.connected(stack.gateway(2), ben)) {
      UUID message = UUID.randomUUID();
      JsonNode sent =
          here.ask(
              "send",
              "conversation",
              group,
              "message",
              message.toString(),
              "content",
              Map.of("text", "traced"),
              "trace",
              true);
      String trace = sent.path("trace").asText();
      assertTrue(trace.matches("[0-9a-f]{32}"), sent::toString);
      one.next("event", "message", message.toString());
      other.next("event", "message", message.toString());
      await()
          .untilAsserted(() -> {
            List<Left> spans = Collector.shared().of(trace);
            assertEquals(4, spans.size(), spans::toString);
            Left send = named(spans, "send").getFirst();
            assertEquals("gateway-service", send.service());
            assertEquals("", send.parent());
            Left commit = named(spans, "commit").getFirst();
            assertEquals("message-service", commit.service());
            assertEquals(send.span(), commit.parent());
            List<Left> writes = named(spans, "write");
            assertEquals(2, writes.size());
            for (Left write : writes) {
              assertEquals("gateway-service", write.service());
              assertEquals(commit.span(), write.parent());
            }
            assertEquals(List.of(1L, 2L), writes.stream().map(Left::sessions).sorted().toList());
          });
    }
  }

  @Test
  void whoDoesNotAskIsNotTold(Stack stack) throws Exception {
    Person ada = Person.registered(stack);
    String group = ada.opened("group");
    try (Live session = Live.connected(stack.socket(), ada)) {
      JsonNode sent = session.sent(group, UUID.randomUUID(), "untraced");
      assertFalse(sent.has("trace"), sent::toString);
    }
  }

  private static List<Left> named(List<Left> spans, String name) {
    return spans.stream().filter(span -> span.name().equals(name)).toList();
  }
}
