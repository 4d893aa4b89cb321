package io.tagway.config;

import java.util.function.Consumer;
import java.util.function.Function;

/** What came of reading a text: a value, or why the text is none and what would be one. */
sealed interface Reading<T> {

  /** The text was good. */
  record Value<T>(T value) implements Reading<T> {}

  /**
   * The text was bad.
   *
   * @param reason what is wrong, fit to follow a colon
   * @param fits what would be accepted
   */
  record Unfit<T>(String reason, String fits) implements Reading<T> {}

  static <T> Reading<T> of(T value) {
    return new Value<>(value);
  }

  static <T> Reading<T> unfit(String reason, String fits) {
    return new Unfit<>(reason, fits);
  }

  /** The value; if there is none, {@code instead}, after telling why. */
  default T orElse(T instead, Consumer<Unfit<T>> tell) {
    if (this instanceof Value<T> good) {
      return good.value();
    }
    tell.accept((Unfit<T>) this);
    return instead;
  }

  default <U> Reading<U> map(Function<T, U> change) {
    if (this instanceof Value<T> good) {
      return of(change.apply(good.value()));
    }
    Unfit<T> bad = (Unfit<T>) this;
    return unfit(bad.reason(), bad.fits());
  }
}
