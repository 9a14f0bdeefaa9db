package dev.parley.stack.data;

import dev.parley.servers.KafkaBroker;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/// What the processes of one stack prove themselves with, made once per store and kept in
/// `secrets.properties` (0600).
///
/// @param postgresPassword the superuser's
/// @param authPassword of the database `auth`
/// @param messagesPassword of the database `messages`
/// @param serviceCredential what services show each other
/// @param keyEncryptionKey 32 bytes in base64: encrypts auth-service's signing keys in its database
/// @param kafkaCluster the id of the Kafka cluster: no secret, but as old as the data
public record Secrets(
    String postgresPassword,
    String authPassword,
    String messagesPassword,
    String serviceCredential,
    String keyEncryptionKey,
    String kafkaCluster) {
  private static final SecureRandom RANDOM = new SecureRandom();

  /// Those of the store; made if it has none.
  public static Secrets of(Path store) throws IOException {
    Path file = store.resolve("secrets.properties");
    Properties properties = new Properties();
    if (Files.exists(file)) {
      try (var in = Files.newBufferedReader(file)) {
        properties.load(in);
      }
    } else {
      properties.setProperty("postgres-password", random(24));
      properties.setProperty("auth-password", random(24));
      properties.setProperty("messages-password", random(24));
      properties.setProperty("service-credential", random(32));
      properties.setProperty("key-encryption-key", random(32));
      properties.setProperty("kafka-cluster", KafkaBroker.newClusterId());
      StringWriter text = new StringWriter();
      properties.store(
          text, "Made at the first start. Whoever loses them loses the data beside them.");
      PrivateFiles.createDirectory(store);
      PrivateFiles.write(file, text.toString());
    }
    return new Secrets(
        need(properties, "postgres-password", file),
        need(properties, "auth-password", file),
        need(properties, "messages-password", file),
        need(properties, "service-credential", file),
        need(properties, "key-encryption-key", file),
        need(properties, "kafka-cluster", file));
  }

  /// Never shows them.
  @Override
  public String toString() {
    return "Secrets";
  }

  private static String need(Properties properties, String key, Path file) throws IOException {
    String value = properties.getProperty(key);
    if (value == null) {
      throw new IOException(file + " has no " + key);
    }
    return value;
  }

  private static String random(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return Base64.getEncoder().encodeToString(random);
  }
}
