package dev.parley.messages.request;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.parley.contracts.json.JsonText;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;

/// Lets answers carry JSON that is made already, byte for byte.
@Singleton
class JsonTexts implements ObjectMapperCustomizer {
  @Override
  public void customize(ObjectMapper mapper) {
    mapper.registerModule(
        new SimpleModule("json-text").addSerializer(JsonText.class, new AsItIs()));
  }

  private static final class AsItIs extends JsonSerializer<JsonText> {
    @Override
    public void serialize(JsonText text, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeRawValue(text.toString());
    }
  }
}
