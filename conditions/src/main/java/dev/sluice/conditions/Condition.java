package dev.sluice.conditions;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** One compiled condition. Safe for use by several threads. */
public final class Condition {
  private final CelRuntime runtime;
  private final CelAbstractSyntaxTree tree;
  private final CelRuntime.Program program;
  private final Set<String> names;

  Condition(CelRuntime runtime, CelAbstractSyntaxTree tree) throws CelEvaluationException {
    this.runtime = runtime;
    this.tree = tree;
    this.program = runtime.createProgram(tree);
    this.names =
        CelNavigableAst.fromAst(tree)
            .getRoot()
            .allNodes()
            .map(node -> node.expr())
            .filter(expr -> expr.getKind() == CelExpr.ExprKind.Kind.IDENT)
            .map(expr -> expr.ident().name())
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Names of the facts and constants that it reads. */
  public Set<String> names() {
    return names;
  }

  /**
   * Whether it holds for these values.
   *
   * @throws CelEvaluationException if it cannot be said, for example of a division by zero
   */
  public boolean holds(Map<String, Object> values) throws CelEvaluationException {
    return Boolean.TRUE.equals(program.eval(values));
  }

  /** The conditions that must all hold for this one to hold: what {@code &&} joins at the top. */
  public List<Condition> parts() {
    List<CelExpr> parts = new ArrayList<>();
    collect(tree.getExpr(), parts);
    if (parts.size() == 1) {
      return List.of(this);
    }
    List<Condition> conditions = new ArrayList<>();
    for (CelExpr part : parts) {
      try {
        conditions.add(
            new Condition(
                runtime,
                CelAbstractSyntaxTree.newCheckedAst(
                    part, tree.getSource(), tree.getReferenceMap(), tree.getTypeMap())));
      } catch (CelEvaluationException e) {
        throw new IllegalStateException("a part of what could be planned can be planned", e);
      }
    }
    return conditions;
  }

  private static void collect(CelExpr expr, List<CelExpr> parts) {
    if (expr.getKind() == CelExpr.ExprKind.Kind.CALL && expr.call().function().equals("_&&_")) {
      expr.call().args().forEach(side -> collect(side, parts));
    } else {
      parts.add(expr);
    }
  }
}
