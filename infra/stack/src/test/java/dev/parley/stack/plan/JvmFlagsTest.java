package dev.parley.stack.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.servers.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JvmFlagsTest {
  private static final Repository REPOSITORY = Repository.find();
  private static final String FILE = '@' + JvmFlags.file(REPOSITORY).toString();

  @Test
  void aServiceOfTheStackStartsWithTheFlagsOfTheFile() {
    List<String> command =
        new QuarkusService(
                "gateway-1",
                Path.of("gateway-service"),
                JvmFlags.GATEWAY.flags(REPOSITORY),
                1,
                Path.of("run"),
                Map.of(),
                Map.of())
            .command();
    assertEquals(1, command.indexOf(FILE), command.toString());
  }

  @Test
  void theImagesStartWithThemAndNoOthers() throws IOException {
    String dockerfile = Files.readString(REPOSITORY.root().resolve("infra/compose/Dockerfile"));
    assertTrue(dockerfile.contains("COPY infra/service-runtime/jvm.flags "));
    assertTrue(
        dockerfile.endsWith(
            "\nENTRYPOINT [\"java\", \"@/app/jvm.flags\", \"-jar\", \"quarkus-run.jar\"]\n"));
    assertFalse(dockerfile.contains("JAVA_TOOL_OPTIONS"));
  }

  /// By themselves, as in a container: what `./parley up` adds lets a JVM pass over unknown flags.
  @Test
  void aJvmTakesThem() throws IOException, InterruptedException {
    Process java =
        new ProcessBuilder(Repository.java(), FILE, "-XshowSettings:properties", "-version")
            .redirectErrorStream(true)
            .start();
    String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, java.waitFor(), said);
    assertTrue(said.contains("sun.net.inetaddr.ttl = 5"), said);
    assertFalse(said.contains("warning"), said);
  }
}
