package dev.sluice.streams.rules.suppression;

import dev.sluice.events.SuppressionKind;
import java.time.Instant;

/**
 * Why a finding is withheld although it is there.
 *
 * @param id the suppression that said it; one of them where several say it together
 * @param reason for machines: {@code vex-not-affected}
 * @param explanation a sentence for people
 * @param until when it lapses, or null
 */
public record Suppressed(
    String id, SuppressionKind kind, String reason, String explanation, Instant until) {}
