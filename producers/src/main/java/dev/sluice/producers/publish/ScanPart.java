package dev.sluice.producers.publish;

/** One scan as the report tells it; several of one series are parts of one published scan. */
final class ScanPart {
  private final ScanIdentity identity;
  private final ScanTime time;
  private final WarningLog warnings = new WarningLog();
  private Long componentsSeen;

  ScanPart(ScanIdentity identity, ScanTime time) {
    this.identity = identity;
    this.time = time;
  }

  ScanIdentity identity() {
    return identity;
  }

  ScanTime time() {
    return time;
  }

  WarningLog warnings() {
    return warnings;
  }

  void saw(long components) {
    componentsSeen = components;
  }

  Long componentsSeen() {
    return componentsSeen;
  }
}
