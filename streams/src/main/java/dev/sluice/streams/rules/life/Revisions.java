package dev.sluice.streams.rules.life;

import dev.sluice.events.ActionEventType;
import dev.sluice.events.ActionItem;
import dev.sluice.events.Decision;
import dev.sluice.events.Finding;
import dev.sluice.events.LineFix;
import dev.sluice.events.LineState;
import dev.sluice.streams.rules.identity.Hashes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * What makes a revision. Times, EPSS, the version scanned last and trace ids do not: they change
 * without anybody having to do anything.
 */
public final class Revisions {
  private Revisions() {}

  public static String hash(Finding finding) {
    Finding bare = Shallow.copy(finding, new Finding());
    bare.setContentHash("");
    bare.setRevision(0);
    bare.setGeneration(0);
    bare.setUpdatedAt(null);
    bare.setTraceparent(null);
    bare.setEpssScore(null);
    bare.setResolvedAt(null);
    bare.setTitle("");
    bare.setDescription(null);
    bare.setReferences(List.of());
    if (bare.getDecision() != null) {
      bare.setDecision(Shallow.copy(bare.getDecision(), new Decision()));
      // The same decision by a newer policy or matrix is the same decision.
      bare.getDecision().setPolicyVersion("");
      bare.getDecision().setMatrixVersion(null);
    }
    List<LineState> lines = new ArrayList<>(bare.getLines().size());
    for (LineState line : bare.getLines()) {
      LineState kept = Shallow.copy(line, new LineState());
      kept.setHeadVersion(null);
      kept.setDigest(null);
      lines.add(kept);
    }
    bare.setLines(lines);
    return Hashes.hex(bytes(bare));
  }

  public static String hash(ActionItem item) {
    ActionItem bare = Shallow.copy(item, new ActionItem());
    bare.setContentHash("");
    bare.setRevision(0);
    bare.setGeneration(0);
    bare.setUpdatedAt(null);
    bare.setTraceparent(null);
    bare.setOpenedAt(null);
    bare.setResolvedAt(null);
    bare.setReferences(List.of());
    List<LineFix> lines = new ArrayList<>(bare.getLines().size());
    for (LineFix line : bare.getLines()) {
      LineFix kept = Shallow.copy(line, new LineFix());
      kept.setHeadVersion(null);
      lines.add(kept);
    }
    bare.setLines(lines);
    return Hashes.hex(bytes(bare));
  }

  /** The same event has the same id after a crash, a replay or a rebuild. */
  public static String eventId(ActionItem item, ActionEventType type) {
    return Hashes.id(
        "e-",
        item.getId(),
        Integer.toString(item.getEpisode()),
        Long.toString(item.getRevision()),
        type.name());
  }

  private static <T extends SpecificRecordBase> byte[] bytes(T record) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    try {
      new SpecificDatumWriter<T>(record.getSchema(), record.getSpecificData())
          .write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("a record does not fit its schema", e);
    }
    return out.toByteArray();
  }
}
