package dev.sluice.conditions;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What conditions of one kind may speak of. A misspelt fact and a comparison of different types do
 * not compile, and neither does a comparison with a word that the fact never has.
 *
 * @param <F> where the values of facts are taken from
 */
public final class Language<F> {
  /** Characters of a condition. */
  public static final int LONGEST = 4_000;

  private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']*)'");
  private static final Set<String> COMPARISONS = Set.of("_==_", "_!=_", "@in");

  private final List<Fact<F>> facts;
  private final Map<String, Long> constants;
  private final String remedy;
  private final CelCompiler compiler;
  private final CelRuntime runtime = CelRuntimeFactory.standardCelRuntimeBuilder().build();

  /**
   * @param constants whole numbers with a name
   * @param remedy a sentence that says where the facts are described
   */
  public Language(List<Fact<F>> facts, Map<String, Long> constants, String remedy) {
    this.facts = List.copyOf(facts);
    this.constants = new LinkedHashMap<>(constants);
    this.remedy = remedy;
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setResultType(SimpleType.BOOL);
    facts.forEach(fact -> builder.addVar(fact.name(), fact.type()));
    constants.keySet().forEach(name -> builder.addVar(name, SimpleType.INT));
    this.compiler = builder.build();
  }

  /** Compiles one condition. */
  public Condition compile(String text) throws ConditionException {
    if (text.length() > LONGEST) {
      throw new ConditionException(
          1, 1, "The condition is longer than " + LONGEST + " characters.", "Split it.");
    }
    CelValidationResult result = compiler.compile(text);
    try {
      CelAbstractSyntaxTree tree = result.getAst();
      checkWords(tree);
      return new Condition(runtime, tree);
    } catch (CelValidationException e) {
      throw refused(result.getErrors().get(0));
    } catch (CelEvaluationException e) {
      throw new ConditionException(
          1,
          1,
          "The condition cannot be planned: " + e.getMessage() + ".",
          "Write it more simply.");
    }
  }

  /** Values of all facts and constants, as a condition sees them. */
  public Map<String, Object> values(F from) {
    Map<String, Object> values = new HashMap<>(constants);
    facts.forEach(fact -> values.put(fact.name(), fact.value().apply(from)));
    return values;
  }

  /** Names of facts, then of constants. */
  public List<String> names() {
    List<String> names = new ArrayList<>(facts.stream().map(Fact::name).toList());
    names.addAll(constants.keySet());
    return names;
  }

  private ConditionException refused(CelIssue issue) {
    Matcher undeclared = UNDECLARED.matcher(issue.getMessage());
    String what = issue.getMessage().lines().findFirst().orElse("it is not CEL");
    return at(
        issue.getSourceLocation(),
        "The condition does not compile: " + what + ".",
        undeclared.find()
            ? "Did you mean \"" + Nearest.of(undeclared.group(1), names()) + "\"?"
            : remedy);
  }

  private static ConditionException at(CelSourceLocation at, String reason, String remedy) {
    int column = Math.max(0, at.getColumn()) + 1;
    return new ConditionException(Math.max(1, at.getLine()), column, reason, remedy);
  }

  /** {@code kind == "SECERT"} would compile and never match. */
  private void checkWords(CelAbstractSyntaxTree tree) throws ConditionException {
    List<CelExpr> comparisons =
        CelNavigableAst.fromAst(tree)
            .getRoot()
            .allNodes()
            .map(node -> node.expr())
            .filter(expr -> expr.getKind() == CelExpr.ExprKind.Kind.CALL)
            .filter(expr -> COMPARISONS.contains(expr.call().function()))
            .toList();
    for (CelExpr comparison : comparisons) {
      checkWords(tree, comparison.call().args());
    }
  }

  private void checkWords(CelAbstractSyntaxTree tree, List<CelExpr> sides)
      throws ConditionException {
    for (CelExpr side : sides) {
      List<String> values = wordsOf(side);
      for (CelExpr literal : values.isEmpty() ? List.<CelExpr>of() : literals(sides)) {
        String word = literal.constant().stringValue();
        if (!values.contains(word)) {
          throw at(
              place(tree, literal),
              "\"" + word + "\" is no value of " + side.ident().name() + ".",
              "Did you mean \"%s\"? Values: %s."
                  .formatted(Nearest.of(word, values), String.join(", ", values)));
        }
      }
    }
  }

  private static CelSourceLocation place(CelAbstractSyntaxTree tree, CelExpr expr) {
    Integer offset = tree.getSource().getPositionsMap().get(expr.id());
    return offset == null
        ? CelSourceLocation.NONE
        : tree.getSource().getOffsetLocation(offset).orElse(CelSourceLocation.NONE);
  }

  private List<String> wordsOf(CelExpr side) {
    if (side.getKind() != CelExpr.ExprKind.Kind.IDENT) {
      return List.of();
    }
    return facts.stream()
        .filter(fact -> fact.name().equals(side.ident().name()))
        .findFirst()
        .map(Fact::values)
        .orElse(List.of());
  }

  private static List<CelExpr> literals(List<CelExpr> sides) {
    List<CelExpr> literals = new ArrayList<>();
    for (CelExpr side : sides) {
      List<CelExpr> candidates =
          side.getKind() == CelExpr.ExprKind.Kind.LIST ? side.list().elements() : List.of(side);
      candidates.stream()
          .filter(expr -> expr.getKind() == CelExpr.ExprKind.Kind.CONSTANT)
          .filter(expr -> expr.constant().getKind() == CelConstant.Kind.STRING_VALUE)
          .forEach(literals::add);
    }
    return literals;
  }
}
