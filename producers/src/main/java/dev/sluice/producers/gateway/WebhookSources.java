package dev.sluice.producers.gateway;

import dev.sluice.producers.token.Role;
import dev.sluice.producers.webhook.WebhookKey;
import dev.sluice.producers.webhook.WebhookKind;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Who sends webhooks, by the keys they sign with. */
final class WebhookSources {
  /** A key and whose it is. */
  record Source(WebhookKind kind, WebhookKey key, Caller caller) {}

  private final List<Source> sources = new ArrayList<>();

  /**
   * @throws IllegalArgumentException if a secret cannot be read or used; does not hold it
   */
  WebhookSources(Map<String, WebhookSettings> settings) {
    settings.forEach(this::add);
  }

  /** All of a kind. */
  List<Source> of(WebhookKind kind) {
    return sources.stream().filter(source -> source.kind() == kind).toList();
  }

  boolean isEmpty() {
    return sources.isEmpty();
  }

  private void add(String name, WebhookSettings settings) {
    Caller caller = new Caller(name, Role.PUBLISH, settings.assets());
    try {
      for (String secret : secrets(settings)) {
        WebhookKey key = WebhookKey.of(settings.kind(), secret);
        sources.add(new Source(settings.kind(), key, caller));
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("gateway.webhooks." + name + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "gateway.webhooks."
              + name
              + ".secret-file: "
              + settings.secretFile()
              + " cannot be read; check the path and its permissions",
          e);
    }
  }

  private static List<String> secrets(WebhookSettings settings) throws IOException {
    List<String> secrets = new ArrayList<>();
    if (!settings.secret().isEmpty()) {
      secrets.add(settings.secret().reveal());
    }
    if (settings.secretFile() != null) {
      Files.readAllLines(settings.secretFile()).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .forEach(secrets::add);
    }
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("secret-file holds no secret");
    }
    return secrets;
  }
}
