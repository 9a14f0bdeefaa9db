package dev.parley.settings;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// All settings of the services, ordered by key.
public final class Settings {
  /// What every service contains.
  static final String RUNTIME = "infra/service-runtime";

  /// The modules whose sources declare settings.
  static final List<String> MODULES =
      List.of(RUNTIME, "gateway-service", "message-service", "presence-service", "auth-service");

  private final Map<String, Setting> byKey;

  private Settings(Map<String, Setting> byKey) {
    this.byKey = byKey;
  }

  /// Those that the sources below `root` declare.
  ///
  /// @throws IllegalStateException if two sources disagree about one, or no source says what it is
  ///   for
  public static Settings read(Path root) {
    return read(Sources.parse(root, MODULES));
  }

  static Settings read(Sources sources) {
    Types types = new Types(enums(sources));
    Map<String, Setting> byKey = new TreeMap<>();
    for (CompilationUnitTree unit : sources.units()) {
      for (Setting setting : SettingsScanner.settings(sources, types, unit)) {
        byKey.merge(setting.key(), setting, Settings::merged);
      }
    }
    byKey.values().forEach(Settings::checkReason);
    return new Settings(byKey);
  }

  Collection<Setting> all() {
    return byKey.values();
  }

  /// The environment variables that set them.
  public SortedSet<String> variables() {
    return all().stream().map(Setting::variable).collect(Collectors.toCollection(TreeSet::new));
  }

  private static void checkReason(Setting setting) {
    if (setting.reason() == null) {
      throw new UnreadableSource(
          "nothing says what %s is for: give its method a doc comment, or its parameter a @param"
              .formatted(setting.key()));
    }
  }

  private static Setting merged(Setting one, Setting other) {
    if (!Objects.equals(one.standard(), other.standard()) || !one.type().equals(other.type())) {
      throw new UnreadableSource(
          "%s is %s (%s) in %s and %s (%s) in %s"
              .formatted(
                  one.key(),
                  one.type(),
                  one.standard(),
                  one.modules(),
                  other.type(),
                  other.standard(),
                  other.modules()));
    }
    SortedSet<String> modules = new TreeSet<>(one.modules());
    modules.addAll(other.modules());
    return new Setting(
        one.key(),
        one.type(),
        one.standard(),
        one.reason() == null ? other.reason() : one.reason(),
        modules);
  }

  private static Map<String, String> enums(Sources sources) {
    Map<String, String> enums = new HashMap<>();
    for (CompilationUnitTree unit : sources.units()) {
      for (Tree type : unit.getTypeDecls()) {
        if (type instanceof ClassTree declared && declared.getKind() == Tree.Kind.ENUM) {
          enums.put(declared.getSimpleName().toString(), constants(declared));
        }
      }
    }
    return enums;
  }

  private static String constants(ClassTree type) {
    List<String> constants = new ArrayList<>();
    for (Tree member : type.getMembers()) {
      if (member instanceof VariableTree field
          && String.valueOf(field.getType()).contentEquals(type.getSimpleName())) {
        String name = field.getName().toString().toLowerCase(Locale.ROOT).replace('_', '-');
        constants.add("`" + name + "`");
      }
    }
    return String.join(" or ", constants);
  }
}
