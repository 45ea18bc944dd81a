package dev.sluice.producers.webhook;

/** How a sender proves that a body is its own. */
public enum WebhookKind {
  /** {@code X-Hub-Signature-256}: HMAC-SHA-256 over the body. */
  GITHUB,
  /** {@code X-Gitlab-Token}: the secret itself. */
  GITLAB,
  /** Standard Webhooks 1.0: {@code webhook-id}, {@code -timestamp} and {@code -signature}. */
  STANDARD
}
