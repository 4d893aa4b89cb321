package io.tagway.proxy.http;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The value of {@code grpc-timeout}: at most eight digits and a unit (gRPC over HTTP/2). */
final class GrpcTimeout {
  private static final int DIGITS = 8;

  private GrpcTimeout() {}

  /** In nanoseconds, at least 1; 0 for a value that is none, which means no limit. */
  static long nanos(@Nullable String text) {
    if (text == null || text.length() < 2 || text.length() > DIGITS + 1) {
      return 0;
    }
    long value = 0;
    int last = text.length() - 1;
    for (int i = 0; i < last; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return 0;
      }
      value = value * 10 + digit;
    }
    TimeUnit unit =
        switch (text.charAt(last)) {
          case 'H' -> TimeUnit.HOURS;
          case 'M' -> TimeUnit.MINUTES;
          case 'S' -> TimeUnit.SECONDS;
          case 'm' -> TimeUnit.MILLISECONDS;
          case 'u' -> TimeUnit.MICROSECONDS;
          case 'n' -> TimeUnit.NANOSECONDS;
          default -> null;
        };
    return unit == null ? 0 : Math.max(unit.toNanos(value), 1);
  }
}
