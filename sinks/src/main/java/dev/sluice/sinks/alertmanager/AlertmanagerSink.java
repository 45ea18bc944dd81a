package dev.sluice.sinks.alertmanager;

import dev.sluice.events.ActionEvent;
import dev.sluice.events.ActionItem;
import dev.sluice.events.TicketLink;
import dev.sluice.settings.SecretValue;
import dev.sluice.sinks.Delivery;
import dev.sluice.sinks.Sink;
import dev.sluice.sinks.SinkContext;
import dev.sluice.sinks.SinkDescriptor;
import dev.sluice.sinks.SinkDescriptor.Wants;
import dev.sluice.sinks.SinkEnvironment;
import dev.sluice.sinks.SinkSettings;
import dev.sluice.sinks.SinkType;
import dev.sluice.sinks.http.Destination;
import dev.sluice.sinks.http.HttpCall;
import dev.sluice.sinks.http.HttpSender;
import dev.sluice.sinks.http.RetryTable;
import dev.sluice.sinks.text.ItemText;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/** Has an alert fire for as long as its item is open. */
public final class AlertmanagerSink implements Sink {
  public static final SinkType TYPE =
      new SinkType(
          new SinkDescriptor(
              "alertmanager",
              "Alertmanager",
              AlertmanagerSettings.class,
              Wants.CURRENT_STATE,
              true,
              false,
              "One alert per item: a repeat has the same labels and is the same alert."),
          AlertmanagerSink::open);

  private static final String PATH = "/api/v2/alerts";

  private final AlertmanagerSettings settings;
  private final Map<String, String> headers;
  private final Destination destination;
  private final HttpSender sender;
  private final RetryTable table;
  private final Clock clock;

  private AlertmanagerSink(
      AlertmanagerSettings settings,
      Map<String, String> headers,
      Destination destination,
      HttpSender sender,
      Clock clock) {
    this.settings = settings;
    this.headers = headers;
    this.destination = destination;
    this.sender = sender;
    this.table = new RetryTable(clock);
    this.clock = clock;
  }

  private static Sink open(SinkSettings settings, SinkEnvironment environment) {
    AlertmanagerSettings own = settings.alertmanager();
    String key = "sinks." + environment.name() + ".alertmanager.";
    for (String name : own.labels().keySet()) {
      if (!name.matches(AlertLabels.NAME) || AlertLabels.isReserved(name)) {
        throw new IllegalArgumentException(
            "%slabels: \"%s\" cannot be a label of yours: names are letters, digits and underscores, and the alert's own labels are taken"
                .formatted(key, name));
      }
    }
    Destination destination = Destination.of(key + "url", own.url(), own.http());
    HttpSender sender = new HttpSender(destination, own.http(), settings.concurrency());
    return new AlertmanagerSink(
        own, authorization(key, own), destination, sender, environment.clock());
  }

  private static Map<String, String> authorization(String key, AlertmanagerSettings own) {
    boolean basic = own.user() != null && !own.user().isEmpty();
    if (basic && (isEmpty(own.password()) || !isEmpty(own.token()))) {
      throw new IllegalArgumentException(
          key + "user: set a password with it, or a token and no user");
    }
    if (basic) {
      String pair = own.user() + ":" + own.password().reveal();
      byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
      return Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
    }
    return isEmpty(own.token())
        ? Map.of()
        : Map.of("Authorization", "Bearer " + own.token().reveal());
  }

  private static boolean isEmpty(SecretValue secret) {
    return secret == null || secret.isEmpty();
  }

  /** Alertmanager takes for resolved what it does not hear again. */
  @Override
  public Duration refreshInterval() {
    return settings.refresh();
  }

  @Override
  public Delivery deliver(ActionItem item, ActionEvent event, SinkContext context) {
    AlertLabels labels = AlertLabels.of(item, settings.labels());
    Instant now = clock.instant();
    PostableAlerts alerts = new PostableAlerts();
    context
        .link()
        .or(context::earlier)
        .map(TicketLink::getKey)
        .map(labels::former)
        .filter(former -> !former.isEmpty())
        .ifPresent(former -> alerts.add(item, former, now));
    alerts.add(item, labels.all(), ItemText.isOpen(item) ? now.plus(settings.expires()) : now);
    HttpCall call =
        new HttpCall(
            "POST", PATH, headers, alerts.bytes(), "application/json", HttpSender.MAX_BODY);
    try {
      Delivery usual = table.classify(sender.send(call), destination);
      return usual instanceof Delivery.Delivered
          ? Delivery.delivered(labels.key(), page(labels))
          : usual;
    } catch (IOException e) {
      return table.classify(e, destination);
    }
  }

  /** Where people see the alert, in Alertmanager's own pages. */
  private String page(AlertLabels labels) {
    String matcher = "{item=\"" + labels.stable().get("item") + "\"}";
    return settings.url().toString().replaceAll("/+$", "")
        + "/#/alerts?filter="
        + URLEncoder.encode(matcher, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    sender.close();
  }
}
