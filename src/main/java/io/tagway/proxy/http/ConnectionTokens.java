package io.tagway.proxy.http;

import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code Connection} and {@code TE}: lists of words, RFC 9110 section 5.6.1. */
final class ConnectionTokens {
  private ConnectionTokens() {}

  /**
   * The headers named by {@code Connection} lines that are to be removed with it.
   *
   * @param lines all Connection lines
   * @param owned headers a client cannot have removed because the router sets them
   */
  static List<String> removable(List<String> lines, AsciiString[] owned) {
    List<String> named = List.of();
    for (String line : lines) {
      for (String part : line.split(",", -1)) {
        String token = part.trim();
        if (token.isEmpty() || HeaderName.of(token).isProtected() || isOwned(token, owned)) {
          continue;
        }
        if (named.isEmpty()) {
          named = new ArrayList<>();
        }
        named.add(token);
      }
    }
    return named;
  }

  static boolean contains(List<String> names, CharSequence name) {
    for (int i = 0; i < names.size(); i++) {
      if (AsciiString.contentEqualsIgnoreCase(names.get(i), name)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a {@code TE} line lists {@code trailers}. */
  static boolean acceptsTrailers(CharSequence line) {
    for (String part : line.toString().split(",", -1)) {
      if (part.trim().equalsIgnoreCase("trailers")) {
        return true;
      }
    }
    return false;
  }

  static boolean isOwned(CharSequence name, AsciiString[] owned) {
    for (AsciiString one : owned) {
      if (one.contentEqualsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }
}
