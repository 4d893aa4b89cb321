package io.tagway.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VaultPkiSourceTest {
  @ParameterizedTest
  @ValueSource(strings = {"a.test", "a", "x-1.a_b.test", "1.2.3.4.test", "xn--bcher-kva.test"})
  void hostNames(String name) {
    assertTrue(VaultPkiSource.isHostName(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "*.test", "-a.test", "a-.test", "a..test", "192.0.2.1", "a b", "ü.test"})
  void noHostNames(String name) {
    assertFalse(VaultPkiSource.isHostName(name));
  }

  @Test
  void namesAreNotTooLong() {
    assertTrue(VaultPkiSource.isHostName("a." + "x".repeat(63)));
    assertFalse(VaultPkiSource.isHostName("a." + "x".repeat(64)));
    assertFalse(VaultPkiSource.isHostName("a.".repeat(127) + "a"));
    assertFalse(VaultPkiSource.isHostName("a-".repeat(30_000)));
  }

  @ParameterizedTest(name = "lives {0}, lead {1}: renewed after {2}")
  @CsvSource({
    "PT72H, PT1H, PT71H",
    "PT72H, PT24H, PT48H",
    // Would be renewed at once, and again, and again.
    "PT1H, PT1H, PT40M",
    "PT30M, PT1H, PT20M",
    "PT72H, PT100H, PT48H",
    "PT90M, PT1H, PT1H"
  })
  void renewsInTimeAndNeverInALoop(Duration life, Duration lead, Duration expected) {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    assertEquals(expected, VaultPkiSource.renewalPause(now, now.plus(life), lead));
  }
}
