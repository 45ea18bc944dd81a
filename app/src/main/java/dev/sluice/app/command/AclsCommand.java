package dev.sluice.app.command;

import dev.sluice.app.CommandFailure;
import dev.sluice.app.Console;
import dev.sluice.app.ExitCode;
import dev.sluice.app.HelpOption;
import dev.sluice.app.acl.ServiceGrants;
import dev.sluice.app.acl.ServiceRights;
import dev.sluice.app.settings.SluiceSettings;
import dev.sluice.app.text.Json;
import dev.sluice.sinks.SinkSettings;
import dev.sluice.topics.Topics.Realm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice topics acls}. */
@Command(
    name = "acls",
    description = {
      "Print the rights on Kafka that each service needs, and no more: a shell script of"
          + " kafka-acls.sh calls, or JSON. Nothing is asked of Kafka and nothing is changed.",
      "What the script is called with goes to kafka-acls.sh, for example --command-config FILE.",
      "Embargoed topics are left out for the database and the sinks unless the settings say that"
          + " they carry them; --realm embargoed prints their rights alone, for principals of"
          + " their own."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice topics acls > acls.sh && sh acls.sh --command-config admin.properties",
      "  sluice topics acls --service streams --principal streams=User:CN=streams --json"
    })
final class AclsCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private HelpOption help;
  @Mixin private SettingsOptions options;

  @Option(
      names = "--service",
      paramLabel = "SERVICE",
      description = "Only this one: ${COMPLETION-CANDIDATES}; may be repeated.")
  private List<ServiceRights> services = List.of();

  @Option(
      names = "--principal",
      paramLabel = "SERVICE=PRINCIPAL",
      description = "Whom Kafka knows a service as, else User:sluice-SERVICE; may be repeated.")
  private Map<ServiceRights, String> principals = new LinkedHashMap<>();

  @Option(
      names = "--realm",
      paramLabel = "REALM",
      description = "common or embargoed; both if it is left out.")
  private Realm realm;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  AclsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    SluiceSettings settings = options.load();
    principals.values().forEach(AclsCommand::requireType);
    List<ServiceGrants> all = new ArrayList<>();
    for (ServiceRights service : ServiceRights.values()) {
      if (services.isEmpty() || services.contains(service)) {
        String name = service.name().toLowerCase(Locale.ROOT);
        all.add(
            new ServiceGrants(
                name,
                principals.getOrDefault(service, "User:sluice-" + name),
                service.in(settings.kafka(), realms(service, settings))));
      }
    }
    all.removeIf(service -> service.grants().isEmpty());
    if (json) {
      Json.print(console.out(), all);
    } else {
      print(all, settings.kafka().bootstrapServers());
    }
    return ExitCode.OK.code();
  }

  private static void requireType(String principal) {
    if (!principal.matches("[A-Za-z]+:.+")) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--principal: " + principal + " is no principal of Kafka's; write User:" + principal);
    }
  }

  private List<Realm> realms(ServiceRights service, SluiceSettings settings) {
    if (realm != null) {
      return List.of(realm);
    }
    boolean embargoed =
        switch (service) {
          case STREAMS -> settings.streams().embargoed();
          case DATABASE -> settings.database().cleared();
          case SINKS ->
              settings.sinks().values().stream()
                  .map(SinkSettings::realm)
                  .anyMatch(Realm.EMBARGOED::equals);
          default -> true;
        };
    return embargoed ? List.of(Realm.values()) : List.of(Realm.COMMON);
  }

  private void print(List<ServiceGrants> all, String servers) {
    console.out().println("#!/bin/sh");
    console.out().println("# Rights of Sluice's services on Kafka: sluice topics acls");
    console.out().println("set -e");
    for (ServiceGrants service : all) {
      console.out().println();
      console.out().println("# " + service.service());
      service.commands(servers).forEach(console.out()::println);
    }
  }
}
