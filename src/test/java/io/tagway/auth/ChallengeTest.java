package io.tagway.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ChallengeTest {
  @Test
  void theRealmIsQuoted() {
    assertEquals("Basic realm=\"My Realm\"", Challenge.basic("My Realm"));
    assertEquals("Basic realm=\"a\\\"b\\\\\"", Challenge.basic("a\"b\\"));
  }

  @Test
  void theRealmCannotBeginAHeaderLine() {
    assertEquals("Basic realm=\"a??Set-Cookie: x?\"", Challenge.basic("a\r\nSet-Cookie: x\u007f"));
  }

  @Test
  void otherThanAsciiIsUtf8() {
    assertEquals("Basic realm=\"B\u00c3\u00bcro\"", Challenge.basic("Büro"));
  }
}
