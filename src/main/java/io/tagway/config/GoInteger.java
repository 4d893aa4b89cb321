package io.tagway.config;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whole numbers as Fabio's users write them: decimal, {@code 0x} hexadecimal, {@code 0o} or leading
 * zero octal, {@code 0b} binary, {@code _} between digits. {@code 010} is eight.
 */
final class GoInteger {
  private static final String FITS = "a whole number such as 10, 0x10 or 1_000";
  private static final String FITS_UNSIGNED = FITS + ", without sign";
  private static final Pattern DECIMAL = Pattern.compile("[0-9]+");

  /** Prefix, then digits with single underscores between them or behind the prefix. */
  private static final Pattern LITERAL =
      Pattern.compile(
          "0[xX](_?[0-9a-fA-F])+|0[bB](_?[01])+|0[oO](_?[0-7])+|0(_?[0-7])*|[1-9](_?[0-9])*");

  private static final int LONGEST = 200;

  private GoInteger() {}

  /** A signed number of 64 bits. */
  static Reading<Long> signed(String text) {
    boolean negative = text.startsWith("-");
    String digits = negative || text.startsWith("+") ? text.substring(1) : text;
    if (!isLiteral(digits)) {
      return Reading.unfit("parse error", FITS);
    }
    BigInteger value = negative ? magnitude(digits).negate() : magnitude(digits);
    return value.bitLength() > 63
        ? Reading.unfit("value out of range", "a number of 64 bits")
        : Reading.of(value.longValue());
  }

  /** A number without sign that fits into {@code bits}, at most 63. */
  static Reading<Long> unsigned(String text, int bits) {
    if (!isLiteral(text)) {
      return Reading.unfit("parse error", FITS_UNSIGNED);
    }
    BigInteger value = magnitude(text);
    return value.bitLength() > bits
        ? Reading.unfit("value out of range", "a number of " + bits + " bits")
        : Reading.of(value.longValue());
  }

  /** A number of decimal digits only that fits into {@code bits}, at most 63. */
  static Reading<Long> decimal(String text, int bits) {
    if (text.length() > LONGEST || !DECIMAL.matcher(text).matches()) {
      return Reading.unfit("parse error", "decimal digits");
    }
    BigInteger value = new BigInteger(text);
    return value.bitLength() > bits
        ? Reading.unfit("value out of range", "a number of " + bits + " bits")
        : Reading.of(value.longValue());
  }

  private static boolean isLiteral(String text) {
    return text.length() <= LONGEST && LITERAL.matcher(text).matches();
  }

  private static BigInteger magnitude(String literal) {
    String digits = literal.replace("_", "").toLowerCase(Locale.ROOT);
    if (digits.startsWith("0x")) {
      return new BigInteger(digits.substring(2), 16);
    }
    if (digits.startsWith("0b")) {
      return new BigInteger(digits.substring(2), 2);
    }
    if (digits.startsWith("0o")) {
      return new BigInteger(digits.substring(2), 8);
    }
    return digits.startsWith("0") ? new BigInteger(digits, 8) : new BigInteger(digits);
  }
}
