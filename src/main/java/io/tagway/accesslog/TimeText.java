package io.tagway.accesslog;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The calendar forms of a second in UTC, made once for each second. Used by one event loop. */
final class TimeText {
  private static final DateTimeFormatter COMMON =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss +0000", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter RFC3339 =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private long second = Long.MIN_VALUE;
  private byte[] common = {};
  private byte[] rfc3339 = {};

  /** {@code 23/Nov/2026:00:26:51 +0000}. */
  byte[] common(long epochSecond) {
    meet(epochSecond);
    return common;
  }

  /** {@code 2026-11-23T00:26:51}. */
  byte[] rfc3339(long epochSecond) {
    meet(epochSecond);
    return rfc3339;
  }

  private void meet(long epochSecond) {
    if (epochSecond != second) {
      second = epochSecond;
      Instant instant = Instant.ofEpochSecond(epochSecond);
      common = COMMON.format(instant).getBytes(StandardCharsets.US_ASCII);
      rfc3339 = RFC3339.format(instant).getBytes(StandardCharsets.US_ASCII);
    }
  }
}
