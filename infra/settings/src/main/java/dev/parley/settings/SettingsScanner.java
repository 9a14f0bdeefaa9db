package dev.parley.settings;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.RawTextTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import io.smallrye.config.common.utils.StringUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds the settings in one source: the methods of `@ConfigMapping` interfaces and of those nested
/// in them, and parameters with a `@ConfigProperty`. Keys of others (`quarkus.…`) are not Parley's
/// settings.
final class SettingsScanner extends TreePathScanner<@Nullable Void, @Nullable Void> {
  private static final String OURS = "parley.";
  // [#backoffMax()]
  private static final Pattern LINK = Pattern.compile("\\[#(\\w+)\\(\\)]");

  private final Sources sources;
  private final Types types;
  private final CompilationUnitTree unit;
  private final List<Setting> found = new ArrayList<>();

  private SettingsScanner(Sources sources, Types types, CompilationUnitTree unit) {
    this.sources = sources;
    this.types = types;
    this.unit = unit;
  }

  static List<Setting> settings(Sources sources, Types types, CompilationUnitTree unit) {
    var scanner = new SettingsScanner(sources, types, unit);
    try {
      scanner.scan(unit, null);
    } catch (UnreadableSource e) {
      throw new UnreadableSource(unit.getSourceFile().getName() + ": " + e.getMessage());
    }
    return scanner.found;
  }

  @Override
  public @Nullable Void visitClass(ClassTree type, @Nullable Void none) {
    Annotations annotations = new Annotations(type.getModifiers(), unit);
    if (annotations.has("ConfigMapping")) {
      group(annotations.required("ConfigMapping", "prefix"), getCurrentPath());
      return null;
    }
    return super.visitClass(type, null);
  }

  @Override
  public @Nullable Void visitMethod(MethodTree method, @Nullable Void none) {
    for (VariableTree parameter : method.getParameters()) {
      property(parameter, () -> parameterDoc(parameter.getName().toString()));
    }
    return super.visitMethod(method, null);
  }

  private void group(String prefix, TreePath path) {
    ClassTree type = (ClassTree) path.getLeaf();
    for (Tree member : type.getMembers()) {
      if (member instanceof MethodTree method && method.getBody() == null) {
        member(prefix, type, method, path);
      }
    }
  }

  private void member(String prefix, ClassTree type, MethodTree method, TreePath path) {
    Annotations annotations = new Annotations(method.getModifiers(), unit);
    annotations.onlyKnown();
    String name = annotations.value("WithName", "value");
    String key =
        prefix + "." + (name == null ? StringUtil.skewer(method.getName().toString()) : name);
    String javaType = String.valueOf(method.getReturnType());
    for (Tree member : type.getMembers()) {
      if (member instanceof ClassTree nested && nested.getSimpleName().contentEquals(javaType)) {
        group(key, new TreePath(path, nested));
        return;
      }
    }
    add(
        key,
        javaType,
        annotations,
        annotations.value("WithDefault", "value"),
        doc(new TreePath(path, method)));
  }

  private void property(VariableTree variable, Doc doc) {
    Annotations annotations = new Annotations(variable.getModifiers(), unit);
    if (!annotations.has("ConfigProperty")) {
      return;
    }
    String key = annotations.required("ConfigProperty", "name");
    if (key.startsWith(OURS)) {
      add(
          key,
          variable.getType().toString(),
          annotations,
          annotations.value("ConfigProperty", "defaultValue"),
          doc.text());
    }
  }

  private void add(
      String key,
      String javaType,
      Annotations annotations,
      @Nullable String standard,
      @Nullable String reason) {
    found.add(
        new Setting(
            key,
            types.words(javaType) + annotations.bounds(),
            standard,
            reason,
            new TreeSet<>(List.of(sources.module(unit)))));
  }

  private interface Doc {
    @Nullable String text();
  }

  private @Nullable String parameterDoc(String parameter) {
    DocCommentTree comment = sources.docs().getDocCommentTree(getCurrentPath());
    if (comment != null) {
      for (DocTree tag : comment.getBlockTags()) {
        if (tag instanceof ParamTree param && param.getName().toString().equals(parameter)) {
          return oneLine(
              param.getDescription().stream()
                  .map(SettingsScanner::text)
                  .collect(Collectors.joining()));
        }
      }
    }
    return null;
  }

  private @Nullable String doc(TreePath path) {
    String comment = sources.docs().getDocComment(path);
    return comment == null ? null : oneLine(comment);
  }

  // What toString() makes of text has escapes.
  private static String text(DocTree part) {
    return part instanceof RawTextTree raw ? raw.getContent() : part.toString();
  }

  private static String oneLine(String text) {
    return LINK.matcher(text.strip().replaceAll("\\s+", " ")).replaceAll(SettingsScanner::linked);
  }

  private static String linked(MatchResult link) {
    return Matcher.quoteReplacement("`" + StringUtil.skewer(link.group(1)) + "`");
  }
}
