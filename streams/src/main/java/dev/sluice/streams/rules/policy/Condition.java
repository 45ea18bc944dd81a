package dev.sluice.streams.rules.policy;

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
import dev.sluice.events.Severity;
import dev.sluice.streams.rules.document.DocumentException;
import dev.sluice.streams.rules.document.Nearest;
import dev.sluice.streams.rules.document.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One compiled CEL condition.
 *
 * @param facts the facts it reads
 */
record Condition(CelRuntime.Program program, List<Facts.Fact> facts) {

  private static final int LONGEST = 4_000;

  /** Compiles the conditions of one policy. */
  static final class Compiler {
    private final CelCompiler compiler;
    private final CelRuntime runtime = CelRuntimeFactory.standardCelRuntimeBuilder().build();
    private final String document;

    Compiler(String document) {
      this.document = document;
      CelCompilerBuilder builder =
          CelCompilerFactory.standardCelCompilerBuilder()
              .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
              .setResultType(SimpleType.BOOL);
      Facts.all().forEach(f -> builder.addVar(f.name(), f.type()));
      for (Severity severity : Severity.values()) {
        builder.addVar(severity.name(), SimpleType.INT);
      }
      this.compiler = builder.build();
    }

    Condition compile(YamlNode written) {
      String text = written.text();
      if (text.length() > LONGEST) {
        throw written.wrong(
            "The condition is longer than " + LONGEST + " characters.",
            "Split it into several rules.");
      }
      CelValidationResult result = compiler.compile(text);
      try {
        CelAbstractSyntaxTree ast = result.getAst();
        checkWords(written, ast);
        return new Condition(runtime.createProgram(ast), factsOf(ast));
      } catch (CelValidationException e) {
        throw refused(written, result.getErrors());
      } catch (CelEvaluationException e) {
        throw written.wrong(
            "The condition cannot be planned: " + e.getMessage() + ".", "Write it more simply.");
      }
    }

    private DocumentException refused(YamlNode written, List<CelIssue> errors) {
      CelIssue first = errors.get(0);
      CelSourceLocation at = first.getSourceLocation();
      String remedy = "See the facts and words in docs/policy.md.";
      java.util.regex.Matcher undeclared =
          java.util.regex.Pattern.compile("undeclared reference to '([^']*)'")
              .matcher(first.getMessage());
      if (undeclared.find()) {
        remedy = "Did you mean \"" + Nearest.of(undeclared.group(1), names()) + "\"?";
      }
      String message = first.getMessage().lines().findFirst().orElse("the condition is not CEL");
      return at(written, at, "The condition does not compile: " + message + ".", remedy);
    }

    private DocumentException at(
        YamlNode written, CelSourceLocation at, String reason, String remedy) {
      int line = Math.max(1, at.getLine());
      int column = Math.max(0, at.getColumn());
      return new DocumentException(
          written.lineOf(line), written.columnOf(line, column, document), reason, remedy);
    }

    /** {@code kind == "SECERT"} would compile and never match. */
    private void checkWords(YamlNode written, CelAbstractSyntaxTree ast) {
      CelNavigableAst.fromAst(ast)
          .getRoot()
          .allNodes()
          .map(n -> n.expr())
          .filter(e -> e.getKind() == CelExpr.ExprKind.Kind.CALL)
          .filter(e -> Set.of("_==_", "_!=_", "@in").contains(e.call().function()))
          .forEach(e -> checkWords(written, ast, e.call().args()));
    }

    private void checkWords(YamlNode written, CelAbstractSyntaxTree ast, List<CelExpr> sides) {
      for (CelExpr side : sides) {
        List<String> values = wordsOf(side);
        if (values.isEmpty()) {
          continue;
        }
        for (CelExpr literal : literals(sides)) {
          String word = literal.constant().stringValue();
          if (!values.contains(word)) {
            Integer offset = ast.getSource().getPositionsMap().get(literal.id());
            CelSourceLocation at =
                offset == null
                    ? CelSourceLocation.NONE
                    : ast.getSource().getOffsetLocation(offset).orElse(CelSourceLocation.NONE);
            throw at(
                written,
                at,
                "\"" + word + "\" is no value of " + side.ident().name() + ".",
                "Did you mean \""
                    + Nearest.of(word, values)
                    + "\"? Values: "
                    + String.join(", ", values)
                    + ".");
          }
        }
      }
    }

    private static List<String> wordsOf(CelExpr side) {
      if (side.getKind() != CelExpr.ExprKind.Kind.IDENT) {
        return List.of();
      }
      return Facts.all().stream()
          .filter(f -> f.name().equals(side.ident().name()))
          .findFirst()
          .map(Facts.Fact::values)
          .orElse(List.of());
    }

    private static List<CelExpr> literals(List<CelExpr> sides) {
      List<CelExpr> literals = new ArrayList<>();
      for (CelExpr side : sides) {
        List<CelExpr> candidates =
            side.getKind() == CelExpr.ExprKind.Kind.LIST ? side.list().elements() : List.of(side);
        candidates.stream()
            .filter(c -> c.getKind() == CelExpr.ExprKind.Kind.CONSTANT)
            .filter(c -> c.constant().getKind() == CelConstant.Kind.STRING_VALUE)
            .forEach(literals::add);
      }
      return literals;
    }

    private static List<Facts.Fact> factsOf(CelAbstractSyntaxTree ast) {
      Set<String> names = new TreeSet<>();
      CelNavigableAst.fromAst(ast)
          .getRoot()
          .allNodes()
          .map(n -> n.expr())
          .filter(e -> e.getKind() == CelExpr.ExprKind.Kind.IDENT)
          .forEach(e -> names.add(e.ident().name()));
      return Facts.all().stream().filter(f -> names.contains(f.name())).toList();
    }

    private static List<String> names() {
      List<String> names = new ArrayList<>(Facts.all().stream().map(Facts.Fact::name).toList());
      for (Severity severity : Severity.values()) {
        names.add(severity.name());
      }
      return names;
    }
  }

  /** Values of all facts and severities, as a condition sees them. */
  static Map<String, Object> values(PolicyFacts facts) {
    Map<String, Object> values = new HashMap<>();
    Facts.all().forEach(f -> values.put(f.name(), f.value().apply(facts)));
    for (Severity severity : Severity.values()) {
      values.put(severity.name(), (long) severity.ordinal());
    }
    return values;
  }

  boolean holds(Map<String, Object> values) throws CelEvaluationException {
    return Boolean.TRUE.equals(program.eval(values));
  }
}
