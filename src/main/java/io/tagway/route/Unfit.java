package io.tagway.route;

/** Why something written cannot be used; becomes a {@link Problem} where the origin is known. */
final class Unfit extends Exception {
  private static final long serialVersionUID = 1L;

  private final String fits;

  Unfit(String reason, String fits) {
    super(reason, null, false, false);
    this.fits = fits;
  }

  String reason() {
    return String.valueOf(getMessage());
  }

  Problem at(Origin origin, String text) {
    return new Problem(origin, text, reason(), fits);
  }
}
