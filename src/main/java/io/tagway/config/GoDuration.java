package io.tagway.config;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as Go writes them: {@code 0}, or an optional sign and one or more pairs of number and
 * unit ({@code 1h2m3.5s}). Nanoseconds of 64 bits.
 */
final class GoDuration {
  private static final String FITS = "a number with a unit ns, us, ms, s, m or h, such as 1m30s";
  private static final Pattern PAIR = Pattern.compile("([0-9]+\\.?[0-9]*|\\.[0-9]+)([^0-9.]*)");
  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "\u00b5s", 1_000L,
          "\u03bcs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);
  private static final int LONGEST = 100;

  private GoDuration() {}

  static Reading<Duration> parse(String text) {
    boolean negative = text.startsWith("-");
    String rest = negative || text.startsWith("+") ? text.substring(1) : text;
    if (rest.equals("0")) {
      return Reading.of(Duration.ZERO);
    }
    if (rest.isEmpty() || rest.length() > LONGEST) {
      return invalid(text);
    }
    BigDecimal total = BigDecimal.ZERO;
    Matcher pair = PAIR.matcher(rest);
    int at = 0;
    while (at < rest.length()) {
      if (!pair.region(at, rest.length()).lookingAt()) {
        return invalid(text);
      }
      String unit = pair.group(2);
      Long nanos = NANOS.get(unit);
      if (nanos == null) {
        return unit.isEmpty()
            ? Reading.unfit("time: missing unit in duration " + Quoted.of(text), FITS)
            : Reading.unfit(
                "time: unknown unit " + Quoted.of(unit) + " in duration " + Quoted.of(text), FITS);
      }
      total =
          total.add(
              new BigDecimal(pair.group(1))
                  .multiply(BigDecimal.valueOf(nanos))
                  .setScale(0, RoundingMode.DOWN));
      at = pair.end();
    }
    BigDecimal signed = negative ? total.negate() : total;
    return signed.toBigInteger().bitLength() > 63
        ? invalid(text)
        : Reading.of(Duration.ofNanos(signed.longValueExact()));
  }

  private static Reading<Duration> invalid(String text) {
    return Reading.unfit("time: invalid duration " + Quoted.of(text), FITS);
  }
}
