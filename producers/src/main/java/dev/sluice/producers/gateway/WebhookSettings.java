package dev.sluice.producers.gateway;

import dev.sluice.producers.webhook.WebhookKind;
import dev.sluice.settings.SecretValue;
import dev.sluice.settings.Setting;
import java.nio.file.Path;
import java.util.List;

/** One sender of webhooks. */
public record WebhookSettings(
    @Setting(
            value = "github",
            doc =
                "How it signs: github (X-Hub-Signature-256), gitlab (X-Gitlab-Token) or standard"
                    + " (Standard Webhooks, for /v1/webhooks/generic).")
        WebhookKind kind,
    @Setting(
            doc =
                "The secret that the sender was given; whsec_ and base64 where it is standard:"
                    + " echo whsec_$(openssl rand -base64 32).")
        SecretValue secret,
    @Setting(
            doc =
                "File with secrets, one a line, instead or as well: each is accepted, so that a"
                    + " secret can be changed without a gap.")
        Path secretFile,
    @Setting(doc = "Assets it may speak for, by prefix at a slash as for tokens; * is every one.")
        List<String> assets) {

  public WebhookSettings {
    kind = kind == null ? WebhookKind.GITHUB : kind;
    secret = secret == null ? SecretValue.of("") : secret;
    assets = assets == null ? List.of() : List.copyOf(assets);
    if (secret.isEmpty() && secretFile == null) {
      throw new IllegalArgumentException("a webhook needs a secret or a secret-file");
    }
    if (assets.isEmpty() || assets.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "a webhook's assets must name asset prefixes, or * for every asset");
    }
  }
}
