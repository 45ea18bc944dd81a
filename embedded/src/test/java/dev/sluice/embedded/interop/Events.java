package dev.sluice.embedded.interop;

import dev.sluice.embedded.OneMachine;
import dev.sluice.events.Component;
import dev.sluice.events.FindingKind;
import dev.sluice.events.Observation;
import dev.sluice.events.Rating;
import dev.sluice.events.ScanEvent;
import dev.sluice.events.Severity;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.RegistrySettings;
import java.util.List;
import java.util.Map;

/** What tests send: an event with a union of records, enums, arrays and text that is not ASCII. */
final class Events {
  private Events() {}

  static AvroSerdes serdes(OneMachine machine) {
    return AvroSerdes.of(
        new RegistrySettings(machine.registryUrl().toString(), Map.of("serde.provider", "sluice")));
  }

  static ScanEvent observation(String scanId) {
    return ScanEvent.newBuilder()
        .setScanId(scanId)
        .setAttemptId("attempt-1")
        .setSeq(3)
        .setAsset("docker.io/library/redis")
        .setObservationBuilder(
            Observation.newBuilder()
                .setKind(FindingKind.VULNERABLE_PACKAGE)
                .setNativeId("CVE-2024-3094")
                .setTitle("Hintertür in xz – 后门")
                .setCwes(List.of(506))
                .setComponentBuilder(
                    Component.newBuilder().setName("xz-utils").setVersion("5.6.0-0.2"))
                .setRatings(
                    List.of(
                        Rating.newBuilder()
                            .setSource("nvd")
                            .setSeverity(Severity.CRITICAL)
                            .setScore(10.0)
                            .build())))
        .build();
  }
}
