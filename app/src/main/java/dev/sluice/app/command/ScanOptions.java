package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.ExitCode;
import dev.sluice.app.settings.CiJob;
import dev.sluice.events.ScanPurpose;
import dev.sluice.producers.publish.PublishRequest;
import java.time.Instant;
import java.util.UUID;
import picocli.CommandLine.Option;

/** What is said of a scan that is published, beside its report. */
final class ScanOptions {
  @Option(
      names = "--asset",
      paramLabel = "NAME",
      description = "What was scanned, by lasting name.")
  private String asset;

  @Option(names = "--version", paramLabel = "V", description = "Which version of it was scanned.")
  private String version;

  @Option(names = "--unit", paramLabel = "UNIT", description = "Part of it, such as services/pay.")
  private String unit;

  @Option(
      names = {"--release-line", "--line"},
      paramLabel = "LINE",
      description = "Release line, such as 5.x.")
  private String line;

  @Option(
      names = "--scope",
      paramLabel = "NAME",
      description = "What was looked at, where the report does not say; scans compare by it.")
  private String scope;

  @Option(
      names = "--purpose",
      paramLabel = "PURPOSE",
      description = "head, proposal (a pull request: a verdict, never a ticket) or statement.")
  private ScanPurpose purpose;

  @Option(names = "--digest", paramLabel = "DIGEST", description = "sha256:… of what was scanned.")
  private String digest;

  @Option(names = "--commit", paramLabel = "SHA", description = "Commit that was scanned.")
  private String commit;

  @Option(names = "--commit-time", paramLabel = "TIME", description = "When it was made, ISO 8601.")
  private Instant commitTime;

  @Option(names = "--branch", paramLabel = "BRANCH", description = "Branch that was scanned.")
  private String branch;

  @Option(names = "--format", paramLabel = "ID", description = "Format, instead of recognising it.")
  private String format;

  /** What was said, else what the job says. */
  PublishRequest request(CiJob job) {
    try {
      return PublishRequest.builder()
          .asset(asset)
          .unit(unit)
          .version(version)
          .releaseLine(line)
          .digest(digest)
          .commit(commit != null ? commit : job.commit().orElse(null))
          .commitTime(commitTime)
          .branch(branch != null ? branch : job.branch().orElse(null))
          .scope(scope)
          .purpose(purpose == null && job.proposal() ? ScanPurpose.PROPOSAL : purpose)
          .defaultAsset(job.repository().orElse(null))
          .defaultVersion(job.tag().orElse(null))
          .defaultScope(job.name().orElse(null))
          .checkoutRoot(job.workspace().orElse(null))
          .scanId(UUID.randomUUID().toString())
          .format(format)
          .build();
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, "--" + e.getMessage(), e);
    }
  }
}
