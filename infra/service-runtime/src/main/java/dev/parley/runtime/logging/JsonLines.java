package dev.parley.runtime.logging;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.parley.contracts.Timestamps;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/// One JSON object a line: `timestamp`, `level`, `service`, `logger`, `thread`, `message`, what the
/// line is about ([About]), and `exception` with its stack trace.
final class JsonLines extends ExtFormatter {
  private static final JsonFactory JSON = new JsonFactory();

  private final String service;

  /// @param service the kind of this process
  JsonLines(String service) {
    this.service = service;
  }

  @Override
  public String format(ExtLogRecord line) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("timestamp", Timestamps.text(line.getInstant().toEpochMilli()));
      json.writeStringField("level", line.getLevel().getName());
      json.writeStringField("service", service);
      json.writeStringField("logger", line.getLoggerName());
      json.writeStringField("thread", line.getThreadName());
      json.writeStringField("message", formatMessage(line));
      for (Map.Entry<String, String> field : line.getMdcCopy().entrySet()) {
        json.writeStringField(field.getKey(), field.getValue());
      }
      if (line.getThrown() != null) {
        StringWriter trace = new StringWriter();
        line.getThrown().printStackTrace(new PrintWriter(trace, true));
        json.writeStringField("exception", trace.toString());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.append('\n').toString();
  }
}
