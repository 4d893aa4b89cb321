package io.tagway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogOutputTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final LogOutput output =
      new LogOutput(
          new PrintStream(written, true, StandardCharsets.UTF_8),
          InstantSource.fixed(Instant.parse("2026-11-23T00:26:51Z")),
          ZoneOffset.UTC);

  @Test
  void aLineIsTimeLevelAndText() {
    output.publish(new LogRecord(LogLevel.WARN.jdk(), "No route for a/b"));
    assertEquals("2026/11/23 00:26:51 [WARN] No route for a/b\n", written());
  }

  @Test
  void everyLevelHasItsWord() {
    for (LogLevel level : LogLevel.values()) {
      written.reset();
      output.publish(new LogRecord(level.jdk(), "x"));
      assertEquals("2026/11/23 00:26:51 [" + level + "] x\n", written());
    }
  }

  @Test
  void theCauseFollowsWithoutATag() {
    LogRecord entry = new LogRecord(LogLevel.ERROR.jdk(), "broke");
    entry.setThrown(new IllegalStateException("the cause"));
    output.publish(entry);
    assertTrue(written().startsWith("2026/11/23 00:26:51 [ERROR] broke\n"), written());
    assertTrue(written().contains("IllegalStateException: the cause\n"), written());
  }

  @Test
  void bracesInATextWithoutParametersStay() {
    output.publish(new LogRecord(LogLevel.INFO.jdk(), "route add a {x} 'y'"));
    assertEquals("2026/11/23 00:26:51 [INFO] route add a {x} 'y'\n", written());
  }

  @Test
  void namesOfLevelsAreReadInAnyCase() {
    assertEquals(LogLevel.DEBUG, LogLevel.named("dEbUg").orElseThrow());
    assertTrue(LogLevel.named("loud").isEmpty());
  }

  private String written() {
    return written.toString(StandardCharsets.UTF_8);
  }
}
