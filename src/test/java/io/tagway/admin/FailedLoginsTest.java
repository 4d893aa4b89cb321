package io.tagway.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailedLoginsTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // the clock may wrap
  private final FailedLogins failures = new FailedLogins(nanos::get);

  private int guesses;

  /** How long the address has to wait, else it fails. */
  private long fail(String address) {
    String guess = "guess " + guesses++;
    long wait = failures.attempt(address, guess);
    if (wait == 0) {
      failures.judged(address, guess, true);
    }
    return wait;
  }

  private void fail(String address, int times) {
    for (int i = 0; i < times; i++) {
      assertEquals(0, fail(address));
    }
  }

  /** Whether the address may try again; the password is right. */
  private boolean mayTry(String address) {
    boolean may = failures.attempt(address, "right") == 0;
    failures.judged(address, "right", false);
    return may;
  }

  @Test
  void tenMayFailThenOneEveryPause() {
    fail("10.0.0.1", FailedLogins.MOST);
    assertEquals(FailedLogins.PAUSE_SECONDS, fail("10.0.0.1"));
    assertTrue(mayTry("10.0.0.2"));
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(FailedLogins.PAUSE_SECONDS));
    fail("10.0.0.1", 1);
    assertFalse(mayTry("10.0.0.1"));
  }

  @Test
  void aGuessCountsWhileItIsLookedAt() {
    for (int i = 0; i < FailedLogins.MOST; i++) {
      assertEquals(0, failures.attempt("10.0.0.1", "guess " + i));
    }
    assertFalse(mayTry("10.0.0.1"));
    failures.judged("10.0.0.1", "guess 0", true);
    assertFalse(mayTry("10.0.0.1"));
    failures.judged("10.0.0.1", "guess 1", false);
    assertTrue(mayTry("10.0.0.1"));
  }

  @Test
  void theSameCredentialsAtOnceCountOnce() {
    for (int i = 0; i < 3 * FailedLogins.MOST; i++) {
      assertEquals(0, failures.attempt("10.0.0.1", "same"));
    }
    fail("10.0.0.1", FailedLogins.MOST - 1);
    assertFalse(mayTry("10.0.0.1"));
    for (int i = 0; i < 3 * FailedLogins.MOST; i++) {
      failures.judged("10.0.0.1", "same", false);
    }
    fail("10.0.0.1", 1);
    assertFalse(mayTry("10.0.0.1"));
  }

  @Test
  void theSameCredentialsInTurnCountEachTime() {
    for (int i = 0; i < FailedLogins.MOST; i++) {
      assertEquals(0, failures.attempt("10.0.0.1", "same"));
      failures.judged("10.0.0.1", "same", true);
    }
    assertTrue(failures.attempt("10.0.0.1", "same") > 0);
  }

  @Test
  void quietTimeForgives() {
    fail("10.0.0.1", FailedLogins.MOST);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(FailedLogins.MOST * FailedLogins.PAUSE_SECONDS));
    fail("10.0.0.1", FailedLogins.MOST);
    assertFalse(mayTry("10.0.0.1"));
  }

  @Test
  void anIpv6NetworkIsOneGuesser() {
    for (int i = 0; i < FailedLogins.MOST; i++) {
      fail("2001:db8::" + i, 1);
    }
    assertFalse(mayTry("2001:db8:0:0:1:2:3:4"));
    assertTrue(mayTry("2001:db8:0:1::1"));
  }

  @Test
  void memoryIsBounded() {
    fail("10.0.0.1", FailedLogins.MOST);
    for (int i = 0; i < 2000; i++) {
      fail("10.1." + i / 250 + "." + i % 250, 1);
    }
    assertTrue(mayTry("10.0.0.1"));
  }
}
