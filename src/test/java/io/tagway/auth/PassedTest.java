package io.tagway.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.auth.Verdict.Granted;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class PassedTest {
  private final KeyedDigest digest = new KeyedDigest(new SecureRandom());

  @Test
  void itStaysBounded() {
    Passed passed = new Passed();
    for (int i = 0; i < Passed.LIMIT + 500; i++) {
      ByteBuffer key = digest.of(Latin1.bytes("u:" + i));
      passed.add(key, new Granted("u"));
      assertTrue(passed.find(key).isPresent());
    }
    assertEquals(Passed.LIMIT, passed.size());
  }

  @Test
  void equalCredentialsHaveOneDigestUnderOneKeyOnly() {
    byte[] credentials = Latin1.bytes("u:p");
    assertEquals(digest.of(credentials), digest.of(credentials.clone()));
    assertNotEquals(digest.of(credentials), digest.of(Latin1.bytes("u:q")));
    assertNotEquals(digest.of(credentials), new KeyedDigest(new SecureRandom()).of(credentials));
  }
}
