package dev.parley.runtime.trace;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
  @Test
  void whatIsWrittenIsRead() {
    for (boolean sampled : new boolean[] {true, false}) {
      TraceContext trace = TraceContext.fresh(sampled);
      assertEquals(trace, TraceContext.parse(trace.traceparent()));
      assertEquals(sampled, TraceContext.sampled(trace.traceparent()));
      assertEquals(sampled, TraceContext.sampled(trace.traceparent().getBytes(US_ASCII)));
    }
  }

  @Test
  void aChildIsInTheSameTrace() {
    TraceContext trace = TraceContext.fresh(true);
    TraceContext child = trace.child();
    assertEquals(trace.trace(), child.trace());
    assertNotEquals(trace.span(), child.span());
    assertTrue(child.sampled());
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "1",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-x"
      })
  void whatIsNoneIsNone(String traceparent) {
    assertNull(TraceContext.parse(traceparent));
  }

  @Test
  void nothingIsNotSampled() {
    assertFalse(TraceContext.sampled((String) null));
    assertFalse(TraceContext.sampled((byte[]) null));
    assertFalse(TraceContext.sampled(new byte[0]));
  }
}
