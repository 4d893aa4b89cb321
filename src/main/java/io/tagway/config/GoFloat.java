package io.tagway.config;

import java.util.regex.Pattern;

/** Finite floating-point numbers as Go writes them: {@code .5}, {@code 2e-1}, {@code 0x1p-2}. */
final class GoFloat {
  private static final String FITS = "a finite number such as .5, 10 or 2e-1";
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
  private static final Pattern HEXADECIMAL =
      Pattern.compile("[+-]?0[xX]([0-9a-fA-F]+\\.?[0-9a-fA-F]*|\\.[0-9a-fA-F]+)[pP][+-]?[0-9]+");
  private static final int LONGEST = 400;

  private GoFloat() {}

  static Reading<Double> parse(String text) {
    if (text.length() > LONGEST
        || !(DECIMAL.matcher(text).matches() || HEXADECIMAL.matcher(text).matches())) {
      return Reading.unfit("parse error", FITS);
    }
    double value = Double.parseDouble(text);
    return Double.isInfinite(value) ? Reading.unfit("value out of range", FITS) : Reading.of(value);
  }
}
