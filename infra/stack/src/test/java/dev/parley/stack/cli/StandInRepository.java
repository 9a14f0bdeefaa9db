package dev.parley.stack.cli;

import dev.parley.servers.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes.Name;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// A built repository whose infrastructure is real and whose services do nothing but be ready.
final class StandInRepository {
  private static final String PROGRAM = "dev/parley/loadbalancer/LoadBalancer";

  private StandInRepository() {}

  static Path in(Path root) throws IOException {
    Repository real = Repository.find();
    Files.createDirectories(root.resolve("infra/kafka-broker/target"));
    Files.createFile(root.resolve("infra/kafka-broker/pom.xml"));
    Files.createSymbolicLink(root.resolve("infra/kafka-broker/target/lib"), real.kafkaLibraries());
    Path flags = Path.of("infra/service-runtime/jvm.flags");
    Files.createDirectories(root.resolve(flags).getParent());
    Files.copy(real.root().resolve(flags), root.resolve(flags));
    Files.createDirectories(root.resolve("infra/servers/target"));
    Files.createDirectories(real.binaries());
    Files.createSymbolicLink(root.resolve("infra/servers/target/binaries"), real.binaries());
    writeJar(root.resolve("infra/load-balancer/target/parley-load-balancer.jar"));
    for (String service :
        List.of("auth-service", "message-service", "presence-service", "gateway-service")) {
      writeJar(root.resolve(service).resolve("target/quarkus-app/quarkus-run.jar"));
    }
    return root;
  }

  private static void writeJar(Path jar) throws IOException {
    Files.createDirectories(jar.getParent());
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Name.MAIN_CLASS, PROGRAM.replace('/', '.'));
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        var program =
            StandInRepository.class.getClassLoader().getResourceAsStream(PROGRAM + ".class")) {
      out.putNextEntry(new JarEntry(PROGRAM + ".class"));
      program.transferTo(out);
    }
  }
}
