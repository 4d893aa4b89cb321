package io.tagway.proxy.http;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What was worked out for header values that come again and again. It keeps few, and none that are
 * long, as anybody may send any. Used by one event loop.
 */
final class ByValue<V> {
  static final int MOST = 256;
  static final int LONGEST = 256;

  private final Map<String, V> known = new HashMap<>();
  private final Function<String, V> work;

  ByValue(Function<String, V> work) {
    this.work = work;
  }

  V of(String value) {
    V found = known.get(value);
    if (found == null) {
      found = work.apply(value);
      if (value.length() <= LONGEST) {
        if (known.size() >= MOST) {
          known.clear();
        }
        known.put(value, found);
      }
    }
    return found;
  }

  int size() {
    return known.size();
  }
}
