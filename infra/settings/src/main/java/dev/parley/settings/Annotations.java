package dev.parley.settings;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The annotations of one declaration. A value is a literal or a constant of the same source.
///
/// @param modifiers of the declaration
/// @param unit where it stands
record Annotations(ModifiersTree modifiers, CompilationUnitTree unit) {
  private static final Set<String> KNOWN = Set.of("WithDefault", "WithName", "Min", "Max");

  boolean has(String annotation) {
    return find(annotation) != null;
  }

  /// What `annotation` says of `attribute`, or null.
  @Nullable String value(String annotation, String attribute) {
    AnnotationTree tree = find(annotation);
    if (tree == null) {
      return null;
    }
    for (ExpressionTree argument : tree.getArguments()) {
      if (argument instanceof AssignmentTree assignment) {
        if (assignment.getVariable().toString().equals(attribute)) {
          return constant(assignment.getExpression());
        }
      } else if (attribute.equals("value")) {
        return constant(argument);
      }
    }
    return null;
  }

  /// What `annotation` must say of `attribute`.
  String required(String annotation, String attribute) {
    String value = value(annotation, attribute);
    if (value == null) {
      throw new UnreadableSource("@" + annotation + " has no " + attribute);
    }
    return value;
  }

  /// Fails on an annotation that may change what a setting is called or may be.
  void onlyKnown() {
    for (AnnotationTree annotation : modifiers.getAnnotations()) {
      String name = annotation.getAnnotationType().toString();
      if (!KNOWN.contains(name)) {
        throw new UnreadableSource("@" + name + " at a setting is not understood");
      }
    }
  }

  /// The bounds of a number in words, or nothing.
  String bounds() {
    String least = value("Min", "value");
    String most = value("Max", "value");
    return (least == null ? "" : ", at least " + least) + (most == null ? "" : ", at most " + most);
  }

  private @Nullable AnnotationTree find(String annotation) {
    for (AnnotationTree tree : modifiers.getAnnotations()) {
      if (tree.getAnnotationType().toString().equals(annotation)) {
        return tree;
      }
    }
    return null;
  }

  private String constant(ExpressionTree expression) {
    if (expression instanceof LiteralTree literal) {
      return String.valueOf(literal.getValue());
    }
    if (expression instanceof IdentifierTree name) {
      for (Tree type : unit.getTypeDecls()) {
        for (Tree member :
            type instanceof ClassTree declared ? declared.getMembers() : Set.<Tree>of()) {
          if (member instanceof VariableTree field
              && field.getName().equals(name.getName())
              && field.getInitializer() instanceof LiteralTree literal) {
            return String.valueOf(literal.getValue());
          }
        }
      }
    }
    throw new UnreadableSource(expression + " is neither a literal nor a constant of this source");
  }
}
