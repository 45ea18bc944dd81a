package dev.sluice.app.backup;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** Records of a topic in an Avro container file, in the order of each partition. */
final class EntryFile {
  private static final Schema HEADER =
      SchemaBuilder.record("RecordHeader")
          .namespace("dev.sluice.backup")
          .fields()
          .requiredString("name")
          .optionalBytes("value")
          .endRecord();
  private static final Schema RECORD =
      SchemaBuilder.record("TopicRecord")
          .namespace("dev.sluice.backup")
          .fields()
          .requiredInt("partition")
          .requiredLong("timestamp")
          .optionalBytes("key")
          .optionalBytes("value")
          .name("headers")
          .type()
          .array()
          .items(HEADER)
          .noDefault()
          .endRecord();

  private EntryFile() {}

  /** Writes into a stream that stays open. */
  static Writer write(OutputStream out) throws IOException {
    DataFileWriter<GenericRecord> file =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(RECORD));
    file.setCodec(CodecFactory.deflateCodec(6));
    return new Writer(
        file.create(
            RECORD,
            new FilterOutputStream(out) {
              @Override
              public void write(byte[] bytes, int from, int length) throws IOException {
                out.write(bytes, from, length);
              }

              @Override
              public void close() throws IOException {
                flush();
              }
            }));
  }

  /** Takes records one by one. */
  record Writer(DataFileWriter<GenericRecord> file) implements AutoCloseable {
    void add(ConsumerRecord<byte[], byte[]> record) throws IOException {
      GenericRecord entry = new GenericData.Record(RECORD);
      entry.put("partition", record.partition());
      entry.put("timestamp", record.timestamp());
      entry.put("key", bytes(record.key()));
      entry.put("value", bytes(record.value()));
      List<GenericRecord> headers = new ArrayList<>();
      for (Header each : record.headers()) {
        GenericRecord header = new GenericData.Record(HEADER);
        header.put("name", each.key());
        header.put("value", bytes(each.value()));
        headers.add(header);
      }
      entry.put("headers", headers);
      file.append(entry);
    }

    private static ByteBuffer bytes(byte[] bytes) {
      return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  /** What is done with each record of a file. */
  interface Taker {
    void take(ProducerRecord<byte[], byte[]> record) throws IOException;
  }

  /**
   * Hands over every record, for a topic of this name.
   *
   * @throws IOException if it is no such file, or a broken one
   */
  static void read(InputStream in, String topic, Taker taker) throws IOException {
    try (DataFileStream<GenericRecord> file =
        new DataFileStream<>(in, new GenericDatumReader<>(null, RECORD))) {
      while (file.hasNext()) {
        GenericRecord entry = file.next();
        ProducerRecord<byte[], byte[]> record =
            new ProducerRecord<>(
                topic,
                (Integer) entry.get("partition"),
                (Long) entry.get("timestamp"),
                bytes(entry.get("key")),
                bytes(entry.get("value")));
        for (Object each : (List<?>) entry.get("headers")) {
          GenericRecord header = (GenericRecord) each;
          record.headers().add(header.get("name").toString(), bytes(header.get("value")));
        }
        taker.take(record);
      }
    } catch (org.apache.avro.AvroRuntimeException e) {
      throw new IOException("no records of a backup: " + e.getMessage(), e);
    }
  }

  private static byte[] bytes(Object value) {
    if (value == null) {
      return null;
    }
    ByteBuffer buffer = ((ByteBuffer) value).duplicate();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
