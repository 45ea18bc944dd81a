package dev.sluice.app.acl;

import static org.apache.kafka.common.acl.AclOperation.ALTER_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import dev.sluice.settings.KafkaSettings;
import dev.sluice.streams.generation.Generation;
import dev.sluice.topics.Topic;
import dev.sluice.topics.TopicPlan;
import dev.sluice.topics.Topics;
import dev.sluice.topics.Topics.Realm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.acl.AclOperation;

/** A service, and the rights that it needs. */
public enum ServiceRights {
  /** Takes reports: writes what scanners said, watches what became of it, and answers for it. */
  GATEWAY {
    @Override
    void grant(Scope scope, Consumer<Grant> to) {
      scope.describeAll(to);
      // Who lets a build pass that the gate holds is kept.
      scope.write(to, Topics.OBSERVED, Topics.OVERRIDES);
      scope.read(to, Topics.SCANS, Topics.ASSETS);
    }
  },
  /** Publishes reports straight to Kafka, from a pipeline without a gateway. */
  PUBLISHER {
    @Override
    void grant(Scope scope, Consumer<Grant> to) {
      scope.write(to, Topics.OBSERVED);
      scope.read(to, Topics.SCANS);
    }
  },
  /** The topology, with changelogs, group and transactions of every generation. */
  STREAMS {
    @Override
    void grant(Scope scope, Consumer<Grant> to) {
      scope.describeAll(to);
      scope.read(to, Topics.OBSERVED, Topics.ASSETS, Topics.KNOWLEDGE);
      scope.read(to, Topics.POLICIES, Topics.SUPPORT_MATRIX, Topics.INTEL, Topics.SUPPRESSIONS);
      scope.write(
          to, Topics.FINDINGS, Topics.ITEMS, Topics.ACTIONABLE, Topics.DECISIONS, Topics.SCANS);
      if (scope.realm() == Realm.EMBARGOED) {
        // What is disclosed is published there.
        to.accept(
            Grant.topic(
                Topics.name(scope.prefix(), Realm.COMMON, Topics.OBSERVED), WRITE, DESCRIBE));
      }
      scope.deadLetters(to);
      String generations = scope.generations();
      // Changelogs are made at the first start; a carry-over reads their settings, and throws away
      // what an interrupted one left.
      to.accept(
          Grant.topicsFrom(generations, CREATE, DELETE, DESCRIBE, DESCRIBE_CONFIGS, READ, WRITE));
      to.accept(Grant.groupsFrom(generations, DESCRIBE, READ));
      to.accept(Grant.transactionsFrom(generations));
    }
  },
  /** Tickets and alerts, all sinks of a process. */
  SINKS {
    @Override
    void grant(Scope scope, Consumer<Grant> to) {
      scope.describeAll(to);
      scope.read(to, Topics.ACTIONABLE, Topics.TICKETS);
      scope.write(to, Topics.TICKETS);
      // The newest state of items, what people did to tickets, and what operators order.
      scope.read(to, Topics.ITEMS, Topics.FINDINGS, Topics.SCANS, Topics.FEEDBACK, Topics.SINKS);
      scope.write(to, Topics.FEEDBACK, Topics.SINKS);
      // What a ticket was granted is an accepted risk.
      scope.read(to, Topics.SUPPRESSIONS, Topics.KNOWLEDGE);
      scope.write(to, Topics.SUPPRESSIONS, Topics.KNOWLEDGE);
      scope.deadLetters(to);
      to.accept(Grant.groupsFrom(scope.prefix() + "sluice-sink-", DESCRIBE, READ));
    }
  },
  /** Fills the database of lists and dashboards. */
  DATABASE {
    @Override
    void grant(Scope scope, Consumer<Grant> to) {
      scope.describeAll(to);
      scope.read(
          to,
          Topics.FINDINGS,
          Topics.ITEMS,
          Topics.ACTIONABLE,
          Topics.DECISIONS,
          Topics.SCANS,
          Topics.OVERRIDES,
          Topics.TICKETS);
      scope.deadLetters(to);
      to.accept(Grant.groupsFrom(scope.prefix() + "sluice-database", DESCRIBE, READ));
    }
  },
  /** Fetches reference data by the clock. */
  FEEDS {
    @Override
    void grant(Scope scope, Consumer<Grant> to) {
      if (scope.realm() == Realm.COMMON) {
        scope.read(to, Topics.INTEL, Topics.KNOWLEDGE);
        scope.write(to, Topics.INTEL, Topics.KNOWLEDGE);
      }
    }
  },
  /** A person at the command line: topics, dead letters, status, generations, backup. */
  OPERATOR {
    @Override
    void grant(Scope scope, Consumer<Grant> to) {
      for (TopicPlan plan : scope.plans()) {
        to.accept(
            Grant.topic(
                plan.name(), ALTER_CONFIGS, CREATE, DESCRIBE, DESCRIBE_CONFIGS, READ, WRITE));
      }
      String generations = scope.generations();
      to.accept(
          Grant.topicsFrom(generations, CREATE, DELETE, DESCRIBE, DESCRIBE_CONFIGS, READ, WRITE));
      to.accept(Grant.groupsFrom(scope.prefix() + "sluice-", DESCRIBE, READ));
      to.accept(Grant.transactionsFrom(scope.prefix() + "sluice-"));
      // Sizes of topics in plans.
      to.accept(Grant.cluster(DESCRIBE));
    }
  };

  abstract void grant(Scope scope, Consumer<Grant> to);

  /** Rights in these realms, one grant to a resource. */
  public List<Grant> in(KafkaSettings kafka, Collection<Realm> realms) {
    List<Grant> grants = new ArrayList<>();
    for (Realm realm : realms) {
      grant(new Scope(kafka, realm), grant -> add(grants, grant));
    }
    return grants;
  }

  private static void add(List<Grant> grants, Grant grant) {
    for (int i = 0; i < grants.size(); i++) {
      if (grants.get(i).isAbout(grant)) {
        grants.set(i, grants.get(i).and(grant));
        return;
      }
    }
    grants.add(grant);
  }

  /** Names in one realm. */
  record Scope(KafkaSettings kafka, Realm realm) {
    String prefix() {
      return kafka.prefix();
    }

    List<TopicPlan> plans() {
      return TopicPlan.of(kafka, realm);
    }

    /** What the groups, changelogs and transactions of all generations begin with. */
    String generations() {
      String first = new Generation(prefix(), realm, 1).applicationId();
      return first.substring(0, first.length() - 1);
    }

    /** Each process looks at its start whether all topics are as they must be. */
    void describeAll(Consumer<Grant> to) {
      plans().forEach(plan -> to.accept(Grant.topic(plan.name(), DESCRIBE)));
    }

    void read(Consumer<Grant> to, Topic<?>... topics) {
      topics(to, topics, READ);
    }

    void write(Consumer<Grant> to, Topic<?>... topics) {
      topics(to, topics, WRITE);
    }

    private void topics(Consumer<Grant> to, Topic<?>[] topics, AclOperation operation) {
      for (Topic<?> topic : topics) {
        to.accept(Grant.topic(Topics.name(prefix(), realm, topic), operation, DESCRIBE));
      }
    }

    void deadLetters(Consumer<Grant> to) {
      to.accept(Grant.topic(Topics.deadLetters(prefix(), realm), WRITE, DESCRIBE));
    }
  }
}
