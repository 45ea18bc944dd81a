package dev.sluice.serde;

/** The five bytes in front of each record. */
final class WireFormat {
  static final byte MAGIC = 0;
  static final int HEADER = 5;

  private WireFormat() {}

  /** Schema id of a record, or a failure that says what is wrong with its first bytes. */
  static int schemaId(byte[] bytes) throws MalformedRecordException {
    if (bytes.length < HEADER) {
      throw new MalformedRecordException(
          "it has "
              + bytes.length
              + " bytes and a record in Confluent's wire format has at least "
              + HEADER);
    }
    if (bytes[0] != MAGIC) {
      throw new MalformedRecordException(
          String.format(
              "it starts with byte 0x%02x and not with 0x00 and a schema id, so it was not written"
                  + " with a schema registry",
              bytes[0]));
    }
    int id =
        (bytes[1] & 0xff) << 24
            | (bytes[2] & 0xff) << 16
            | (bytes[3] & 0xff) << 8
            | (bytes[4] & 0xff);
    if (id < 0) {
      throw new MalformedRecordException("its schema id " + id + " is negative");
    }
    return id;
  }
}
