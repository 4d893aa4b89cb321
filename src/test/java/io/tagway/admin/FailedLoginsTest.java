package io.tagway.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailedLoginsTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // the clock may wrap
  private final FailedLogins failures = new FailedLogins(nanos::get);

  private void fail(String address, int times) {
    for (int i = 0; i < times; i++) {
      failures.failed(address);
    }
  }

  @Test
  void tenMayFailThenOneEveryPause() {
    fail("10.0.0.1", FailedLogins.MOST - 1);
    assertEquals(0, failures.waitSeconds("10.0.0.1"));
    fail("10.0.0.1", 1);
    assertEquals(FailedLogins.PAUSE_SECONDS, failures.waitSeconds("10.0.0.1"));
    assertEquals(0, failures.waitSeconds("10.0.0.2"));
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(FailedLogins.PAUSE_SECONDS));
    assertEquals(0, failures.waitSeconds("10.0.0.1"));
    fail("10.0.0.1", 1);
    assertTrue(failures.waitSeconds("10.0.0.1") > 0);
  }

  @Test
  void anAttemptCountsUntilItIsWithdrawn() {
    for (int i = 0; i < FailedLogins.MOST; i++) {
      assertEquals(0, failures.attempt("10.0.0.1"));
    }
    assertTrue(failures.attempt("10.0.0.1") > 0);
    failures.withdraw("10.0.0.1");
    assertEquals(0, failures.attempt("10.0.0.1"));
    for (int i = 0; i < FailedLogins.MOST + 5; i++) {
      failures.withdraw("10.0.0.1");
    }
    fail("10.0.0.1", FailedLogins.MOST - 1);
    assertEquals(0, failures.waitSeconds("10.0.0.1"));
  }

  @Test
  void quietTimeForgives() {
    fail("10.0.0.1", FailedLogins.MOST);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(FailedLogins.MOST * FailedLogins.PAUSE_SECONDS));
    fail("10.0.0.1", FailedLogins.MOST - 1);
    assertEquals(0, failures.waitSeconds("10.0.0.1"));
  }

  @Test
  void anIpv6NetworkIsOneGuesser() {
    for (int i = 0; i < FailedLogins.MOST; i++) {
      failures.failed("2001:db8::" + i);
    }
    assertTrue(failures.waitSeconds("2001:db8:0:0:1:2:3:4") > 0);
    assertEquals(0, failures.waitSeconds("2001:db8:0:1::1"));
  }

  @Test
  void memoryIsBounded() {
    fail("10.0.0.1", FailedLogins.MOST);
    for (int i = 0; i < 2000; i++) {
      failures.failed("10.1." + i / 250 + "." + i % 250);
    }
    assertEquals(0, failures.waitSeconds("10.0.0.1"));
  }
}
