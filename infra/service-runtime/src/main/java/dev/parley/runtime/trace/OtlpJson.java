package dev.parley.runtime.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/// Spans as an OTLP request in JSON (`ExportTraceServiceRequest`).
final class OtlpJson {
  private static final JsonFactory JSON = new JsonFactory();

  private OtlpJson() {}

  static String write(String service, List<Span> spans) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeArrayFieldStart("resourceSpans");
      json.writeStartObject();
      json.writeObjectFieldStart("resource");
      attributes(json, Map.of("service.name", service));
      json.writeEndObject();
      json.writeArrayFieldStart("scopeSpans");
      json.writeStartObject();
      json.writeObjectFieldStart("scope");
      json.writeStringField("name", "dev.parley");
      json.writeEndObject();
      json.writeArrayFieldStart("spans");
      for (Span span : spans) {
        write(json, span);
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Span span) throws IOException {
    json.writeStartObject();
    json.writeStringField("traceId", span.at().trace());
    json.writeStringField("spanId", span.at().span());
    if (span.parent() != null) {
      json.writeStringField("parentSpanId", span.parent());
    }
    json.writeStringField("name", span.name());
    json.writeNumberField("kind", span.kind().number());
    // Whole numbers of 64 bits are strings in OTLP's JSON.
    json.writeStringField("startTimeUnixNano", Long.toString(span.startNanos()));
    json.writeStringField("endTimeUnixNano", Long.toString(span.endNanos()));
    attributes(json, span.attributes());
    json.writeEndObject();
  }

  private static void attributes(JsonGenerator json, Map<String, Object> attributes)
      throws IOException {
    json.writeArrayFieldStart("attributes");
    for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
      boolean number = attribute.getValue() instanceof Number;
      json.writeStartObject();
      json.writeStringField("key", attribute.getKey());
      json.writeObjectFieldStart("value");
      json.writeStringField(number ? "intValue" : "stringValue", attribute.getValue().toString());
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
