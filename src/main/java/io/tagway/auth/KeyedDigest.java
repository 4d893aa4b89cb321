package io.tagway.auth;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names credentials without keeping them: HMAC-SHA-256 under a key that only this object has. Safe
 * for any thread.
 */
final class KeyedDigest {
  private static final String ALGORITHM = "HmacSHA256";

  private final Mac keyed;

  KeyedDigest(SecureRandom random) {
    byte[] key = new byte[32];
    random.nextBytes(key);
    try {
      keyed = Mac.getInstance(ALGORITHM);
      keyed.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** Equal for equal bytes. */
  ByteBuffer of(byte[] bytes) {
    try {
      // A Mac is not for two threads at once; a copy is cheap and needs no look-up.
      return ByteBuffer.wrap(((Mac) keyed.clone()).doFinal(bytes)).asReadOnlyBuffer();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the platform's Mac cannot be copied", e);
    }
  }
}
