package io.tagway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
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
  void whatOthersHaveSentCannotMoveTheCursor() {
    output.publish(new LogRecord(LogLevel.INFO.jdk(), "a\u001b[31m\r\u202eb\u0085\n+ c\td"));
    assertEquals("2026/11/23 00:26:51 [INFO] a\\x1b[31m\\x0d\\u202eb\\x85\n+ c\td\n", written());
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

  @Test
  void theLevelCanBeChangedWhileItRuns() {
    Logger own = Logger.getLogger("io.tagway");
    Level before = own.getLevel();
    Level libraries = Logger.getLogger("").getLevel();
    try {
      output.setLevel("DEBUG");
      assertEquals("DEBUG", output.level());
      assertTrue(own.isLoggable(LogLevel.DEBUG.jdk()));
      output.setLevel("FATAL");
      assertEquals("FATAL", output.level());
      assertFalse(own.isLoggable(LogLevel.ERROR.jdk()));
      assertFalse(Logger.getLogger("io.vertx").isLoggable(LogLevel.ERROR.jdk()));
      assertEquals(List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"), output.levels());
    } finally {
      own.setLevel(before);
      Logger.getLogger("").setLevel(libraries);
    }
  }

  private String written() {
    return written.toString(StandardCharsets.UTF_8);
  }
}
