package dev.parley.settings;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// The sources of some modules, parsed by the JDK's own compiler, but not compiled: that would need
/// everything that they use.
///
/// @param root of the repository
/// @param units all that was parsed
/// @param docs gives the doc comments
record Sources(Path root, List<CompilationUnitTree> units, DocTrees docs) {
  /// The main sources of `modules`, which are paths below `root`.
  static Sources parse(Path root, List<String> modules) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<Path> files = new ArrayList<>();
      for (String module : modules) {
        try (Stream<Path> found = Files.walk(root.resolve(module, "src", "main", "java"))) {
          found.filter(file -> file.toString().endsWith(".java")).sorted().forEach(files::add);
        }
      }
      var task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files));
      List<CompilationUnitTree> units = new ArrayList<>();
      task.parse().forEach(units::add);
      return new Sources(root, List.copyOf(units), DocTrees.instance(task));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The module that `unit` belongs to, as a path below the root.
  String module(CompilationUnitTree unit) {
    Path file = root.relativize(Path.of(unit.getSourceFile().toUri()));
    String path = file.toString().replace('\\', '/');
    return path.substring(0, path.indexOf("/src/main/java"));
  }
}
