package dev.parley.stack.compose;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.servers.Repository;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ImagesTest {
  private static final Path ROOT = Repository.find().root();
  private static final String OURS = "parley/";

  private static final Pattern YAML =
      Pattern.compile("(?m)^\\s*(?:-\\s+)?image:\\s*[\"']?([^\\s\"'#]+)");
  private static final Pattern DOCKERFILE =
      Pattern.compile("(?m)^FROM\\s+(?:--\\S+\\s+)*(\\S+)(?:\\s+AS\\s+(\\S+))?");
  private static final Pattern JAVA = Pattern.compile("DockerImageName\\.parse\\(\\s*\"([^\"]+)\"");

  @Test
  void everyFileNamesThePinnedImages() throws IOException {
    Set<String> pinned = Set.copyOf(pinned().values());
    Map<Path, Set<String>> wrong = new TreeMap<>();
    named()
        .forEach((file, images) -> {
          Set<String> others = new TreeSet<>(images);
          others.removeAll(pinned);
          if (!others.isEmpty()) {
            wrong.put(file, others);
          }
        });
    assertEquals(Map.of(), wrong, "not what infra/compose/images says");
  }

  @Test
  void theFilesThatPeopleStartWithAreAmongThem() throws IOException {
    Set<Path> files = named().keySet();
    assertTrue(
        files.containsAll(
            Set.of(Path.of("docker-compose.yml"), Path.of("infra/compose/Dockerfile"))),
        files.toString());
  }

  private static Map<String, String> pinned() throws IOException {
    return Files.readAllLines(ROOT.resolve("infra/compose/images")).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split("=", 2))
        .collect(toMap(pair -> pair[0], pair -> pair[1]));
  }

  /// The images of others, by the file that names them, relative to the repository.
  private static Map<Path, Set<String>> named() throws IOException {
    Map<Path, Set<String>> named = new HashMap<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            String name = directory.getFileName().toString();
            boolean passed =
                !directory.equals(ROOT)
                    && (name.startsWith(".") || Set.of("target", "node_modules").contains(name));
            return passed ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Set<String> images = imagesIn(file);
            if (!images.isEmpty()) {
              named.put(ROOT.relativize(file), images);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return named;
  }

  private static Set<String> imagesIn(Path file) throws IOException {
    String name = file.getFileName().toString();
    if (name.contains("Dockerfile")) {
      return basesOf(Files.readString(file));
    }
    if (name.endsWith(".yml") || name.endsWith(".yaml")) {
      return found(YAML, file);
    }
    return name.endsWith(".java") ? found(JAVA, file) : Set.of();
  }

  private static Set<String> found(Pattern images, Path file) throws IOException {
    return images
        .matcher(Files.readString(file))
        .results()
        .map(match -> match.group(1))
        .filter(image -> !image.startsWith(OURS))
        .collect(toSet());
  }

  private static Set<String> basesOf(String dockerfile) {
    Set<String> bases = new HashSet<>();
    Set<String> stages = new HashSet<>(Set.of("scratch"));
    DOCKERFILE
        .matcher(dockerfile)
        .results()
        .forEach(from -> {
          if (!stages.contains(from.group(1))) {
            bases.add(from.group(1));
          }
          if (from.group(2) != null) {
            stages.add(from.group(2));
          }
        });
    return bases;
  }
}
