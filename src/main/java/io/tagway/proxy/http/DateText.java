package io.tagway.proxy.http;

import io.netty.util.AsciiString;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.function.LongSupplier;

/** The text of {@code Date}, made once a second. Used by one event loop. */
final class DateText {
  // RFC 9110 section 5.6.7; the JDK's RFC_1123 formatter leaves out the zero of a one-digit day.
  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder()
          .appendPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'")
          .toFormatter(Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final LongSupplier clockMillis;
  private long second = Long.MIN_VALUE;
  private AsciiString text = AsciiString.EMPTY_STRING;

  DateText(LongSupplier clockMillis) {
    this.clockMillis = clockMillis;
  }

  AsciiString now() {
    long now = Math.floorDiv(clockMillis.getAsLong(), 1000L);
    if (now != second) {
      second = now;
      text = AsciiString.of(FORMAT.format(Instant.ofEpochSecond(now)));
    }
    return text;
  }
}
