package dev.sluice.producers.publish;

/** Where the events of one attempt go. */
record EventRoute(String topic, int partition) {}
