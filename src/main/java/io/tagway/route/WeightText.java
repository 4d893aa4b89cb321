package io.tagway.route;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/**
 * Weights as text. Read: Go's float syntax (decimal, exponent, hexadecimal with {@code p}, {@code
 * _} between digits). Accepted: 0 and below (a dynamic share), and 1e-9 to 1e9, so that no sum or
 * scale of weights leaves the finite numbers.
 */
final class WeightText {
  static final String FITS = "0 for a dynamic share, or a number from 1e-9 to 1e9 such as 0.25";

  private static final double SMALLEST = 1e-9;
  private static final double LARGEST = 1e9;
  private static final String DIGITS = "[0-9]+(?:_[0-9]+)*";
  private static final String HEX_DIGITS = "[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*";
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(?:D(?:\\.(?:D)?)?|\\.D)(?:[eE][+-]?D)?".replace("D", DIGITS));
  private static final Pattern HEXADECIMAL =
      Pattern.compile(
          "[+-]?0[xX]_?(?:H(?:\\.(?:H)?)?|\\.H)[pP][+-]?D"
              .replace("H", HEX_DIGITS)
              .replace("D", DIGITS));

  private WeightText() {}

  static double parse(String text) throws Unfit {
    if (!DECIMAL.matcher(text).matches() && !HEXADECIMAL.matcher(text).matches()) {
      throw invalid();
    }
    return checked(Double.parseDouble(text.replace("_", "")));
  }

  static double checked(double weight) throws Unfit {
    boolean dynamic = Double.isFinite(weight) && weight <= 0;
    if (!dynamic && !(weight >= SMALLEST && weight <= LARGEST)) {
      throw invalid();
    }
    return weight;
  }

  /** In full, so that reading gives the same number. */
  static String exact(double weight) {
    BigDecimal shortest = new BigDecimal(Double.toString(weight)).stripTrailingZeros();
    return shortest.toPlainString();
  }

  /** With four decimals as Fabio shows it; a weight that would show as zero in full. */
  static String shown(double weight) {
    BigDecimal rounded = new BigDecimal(weight).setScale(4, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? exact(weight) : rounded.toPlainString();
  }

  private static Unfit invalid() {
    return new Unfit("syntax error: weight value invalid", FITS);
  }
}
