package dev.sluice.app.acl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The rights of one service, as {@code --json} prints them and as commands.
 *
 * @param service gateway, streams, …
 * @param principal whom Kafka knows it as, {@code User:NAME}
 */
public record ServiceGrants(String service, String principal, List<Grant> grants) {
  public ServiceGrants {
    grants = List.copyOf(grants);
  }

  /** One call of {@code kafka-acls.sh} for each resource, which a POSIX shell runs. */
  public List<String> commands(String bootstrapServers) {
    List<String> commands = new ArrayList<>();
    for (Grant grant : grants) {
      StringBuilder line = new StringBuilder("kafka-acls.sh --bootstrap-server ");
      line.append(quoted(bootstrapServers)).append(" \"$@\" --add --allow-principal ");
      line.append(quoted(principal));
      for (AclOperation operation : grant.operations()) {
        line.append(" --operation ").append(word(operation));
      }
      line.append(option(grant.type()));
      if (grant.type() != ResourceType.CLUSTER) {
        line.append(' ').append(quoted(grant.name()));
        if (grant.pattern() == PatternType.PREFIXED) {
          line.append(" --resource-pattern-type prefixed");
        }
      }
      commands.add(line.toString());
    }
    return commands;
  }

  private static String option(ResourceType type) {
    return switch (type) {
      case TOPIC -> " --topic";
      case GROUP -> " --group";
      case TRANSACTIONAL_ID -> " --transactional-id";
      case CLUSTER -> " --cluster";
      default -> throw new IllegalArgumentException("no option for " + type);
    };
  }

  /** {@code DESCRIBE_CONFIGS} is {@code DescribeConfigs} there. */
  private static String word(AclOperation operation) {
    StringBuilder word = new StringBuilder();
    for (String part : operation.name().split("_")) {
      word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
    }
    return word.toString();
  }

  private static String quoted(String text) {
    return text.matches("[A-Za-z0-9_.:,@%/=+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
