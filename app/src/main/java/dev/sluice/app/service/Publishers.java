package dev.sluice.app.service;

import dev.sluice.producers.format.Formats;
import dev.sluice.producers.format.ReaderSettings;
import dev.sluice.producers.publish.Producers;
import dev.sluice.producers.publish.Publisher;
import dev.sluice.producers.publish.PublisherSettings;
import dev.sluice.producers.publish.ReaderChoice;
import dev.sluice.producers.redact.Redactor;
import dev.sluice.producers.report.UnreadableReportException;
import dev.sluice.serde.AvroSerdes;
import dev.sluice.settings.KafkaSettings;
import dev.sluice.topics.Topics;
import java.security.SecureRandom;
import java.time.Clock;

/** Puts publishers together from settings. */
public final class Publishers {
  private Publishers() {}
}
