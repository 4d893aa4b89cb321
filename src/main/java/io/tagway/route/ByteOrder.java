package io.tagway.route;

import java.util.Comparator;

/** The order of the UTF-8 bytes of two texts, which is the order of their code points. */
final class ByteOrder {
  static final Comparator<String> ASCENDING = ByteOrder::compare;
  static final Comparator<String> DESCENDING = (a, b) -> compare(b, a);

  private ByteOrder() {}

  static int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        // A surrogate stands for a code point above every other char, whatever its own number.
        boolean high = Character.isSurrogate(x);
        return high == Character.isSurrogate(y) ? x - y : high ? 1 : -1;
      }
    }
    return a.length() - b.length();
  }
}
