package dev.sluice.streams.rules.suppression;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.events.Suppression;
import java.util.List;

/** Reads VEX documents of one format. Stateless. */
interface VexFormat {
  /** Name for people. */
  String id();

  boolean recognises(JsonNode document);

  /**
   * Every statement, with its id, vulnerability, products, status and time.
   *
   * @param source name of the document, for people
   */
  List<Suppression> read(String source, JsonNode document);
}
