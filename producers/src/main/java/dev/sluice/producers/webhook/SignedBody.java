package dev.sluice.producers.webhook;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;

/** A body that is authenticated while it is read. Ask {@link #signer} once it was read whole. */
public final class SignedBody extends FilterInputStream {
  private final List<Mac> macs = new ArrayList<>();

  /**
   * @param keys candidates, in the order of {@link #signer}
   * @param before what is signed in front of the body; empty for most
   */
  public SignedBody(InputStream in, List<WebhookKey> keys, String before) {
    super(in);
    for (WebhookKey key : keys) {
      Mac mac = key.mac();
      mac.update(before.getBytes(StandardCharsets.UTF_8));
      macs.add(mac);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int n = read(one, 0, 1);
    return n < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n = super.read(buffer, offset, length);
    if (n > 0) {
      macs.forEach(mac -> mac.update(buffer, offset, n));
    }
    return n;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  @Override
  public long skip(long n) {
    throw new UnsupportedOperationException("every byte counts");
  }

  /**
   * Index of the key that one of the signatures was made with, -1 if none. Every pair is compared,
   * each in constant time, so that the time tells nothing.
   */
  public int signer(List<byte[]> signatures) {
    int signer = -1;
    for (int i = macs.size() - 1; i >= 0; i--) {
      byte[] expected = macs.get(i).doFinal();
      for (byte[] signature : signatures) {
        if (MessageDigest.isEqual(expected, signature)) {
          signer = i;
        }
      }
    }
    return signer;
  }
}
