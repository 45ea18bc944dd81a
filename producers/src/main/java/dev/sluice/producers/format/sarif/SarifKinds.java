package dev.sluice.producers.format.sarif;

import dev.sluice.events.FindingKind;
import java.util.List;

/** What sort of finding a tool's results are. SARIF itself does not say. */
final class SarifKinds {
  private static final List<String> SECRET_TOOLS =
      List.of(
          "gitleaks",
          "trufflehog",
          "detect-secrets",
          "ggshield",
          "gitguardian",
          "noseyparker",
          "kingfisher",
          "secretlint",
          "whispers",
          "talisman",
          "betterleaks");
  private static final List<String> CONFIGURATION_TOOLS =
      List.of(
          "checkov",
          "kics",
          "tfsec",
          "terrascan",
          "kubesec",
          "kube-linter",
          "kubelinter",
          "kubescape",
          "kube-score",
          "hadolint",
          "dockle",
          "cfn-lint",
          "cfn_nag",
          "tflint",
          "snyk iac",
          "polaris",
          "conftest",
          "regula",
          "zizmor",
          "actionlint",
          "docker bench");

  private SarifKinds() {}

  static FindingKind of(SarifRun run, SarifRule rule, boolean hasPackage) {
    if (hasPackage) {
      return FindingKind.VULNERABLE_PACKAGE;
    }
    String tool = run.tool();
    if (tool.startsWith("trivy") && rule != null) {
      String name = rule.name() == null ? "" : rule.name();
      switch (name) {
        case "Misconfiguration" -> {
          return FindingKind.MISCONFIGURATION;
        }
        case "Secret" -> {
          return FindingKind.SECRET;
        }
        case "License" -> {
          return FindingKind.LICENCE;
        }
        default -> {}
      }
    }
    if (named(tool, SECRET_TOOLS) || (rule != null && rule.tags().contains("secret"))) {
      return FindingKind.SECRET;
    }
    return named(tool, CONFIGURATION_TOOLS)
        ? FindingKind.MISCONFIGURATION
        : FindingKind.CODE_WEAKNESS;
  }

  private static boolean named(String tool, List<String> names) {
    for (String name : names) {
      if (tool.contains(name)) {
        return true;
      }
    }
    return false;
  }
}
