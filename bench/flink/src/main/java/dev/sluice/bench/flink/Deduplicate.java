package dev.sluice.bench.flink;

import dev.sluice.events.Severity;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Drops what was said before, joins severity and the support matrix, and lets through what is high
 * or worse, has a fix, and is supported. A line of the matrix is {@code product=supported}.
 */
public class Deduplicate extends KeyedBroadcastProcessFunction<String, Claim, String, String> {
  private static final long serialVersionUID = 1L;

  static final MapStateDescriptor<String, Boolean> SUPPORT =
      new MapStateDescriptor<>("support-matrix", Types.STRING, Types.BOOLEAN);

  private transient ValueState<Long> seen;

  @Override
  public void open(OpenContext context) {
    seen = getRuntimeContext().getState(new ValueStateDescriptor<>("seen", Types.LONG));
  }

  @Override
  public void processElement(Claim claim, ReadOnlyContext context, Collector<String> out)
      throws Exception {
    Long before = seen.value();
    if (before != null && before == claim.fingerprint) {
      return;
    }
    seen.update(claim.fingerprint);
    Boolean supported = context.getBroadcastState(SUPPORT).get(claim.asset);
    boolean urgent = claim.severity >= Severity.HIGH.ordinal();
    if (urgent && claim.fixed && !Boolean.FALSE.equals(supported)) {
      out.collect(
          "{\"asset\":\"%s\",\"vulnerability\":\"%s\",\"purl\":\"%s\",\"title\":\"%s\"}"
              .formatted(claim.asset, claim.vulnerability, claim.purl, claim.title));
    }
  }

  @Override
  public void processBroadcastElement(String line, Context context, Collector<String> out)
      throws Exception {
    int sign = line.indexOf('=');
    context
        .getBroadcastState(SUPPORT)
        .put(line.substring(0, sign), Boolean.valueOf(line.substring(sign + 1)));
  }
}
