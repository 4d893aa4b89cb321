package io.tagway.route;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Decodes one path and resolves its segments, RFC 3986 section 5.2.4, with empty segments dropped.
 * Every segment is held as spelled and decoded, with the spelling of the slash before it.
 */
final class PathNormaliser {
  /** Decoded text is kept as one char for each byte until it is complete. */
  private record Segment(String slash, String spelling, String bytes) {}

  private final Deque<Segment> segments = new ArrayDeque<>();
  private final StringBuilder spelling = new StringBuilder();
  private final StringBuilder bytes = new StringBuilder();
  private String slash = "";

  private PathNormaliser() {}

  static RequestPath normalise(String rawPath) {
    return new PathNormaliser().read(rawPath);
  }

  private RequestPath read(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      int escaped = Escapes.byteAt(path, i);
      if (escaped >= 0) {
        take(escaped, path.substring(i, i + 3));
        i += 2;
      } else if (Escapes.spellable(c)) {
        take(c, String.valueOf(c));
      } else if (c <= 0xff) {
        take(c, Escapes.of(c));
      } else {
        int end = Character.isHighSurrogate(c) ? Math.min(i + 2, path.length()) : i + 1;
        for (byte b : path.substring(i, end).getBytes(StandardCharsets.UTF_8)) {
          take(b & 0xff, Escapes.of(b & 0xff));
        }
        i = end - 1;
      }
    }
    return slash.isEmpty()
        ? new RequestPath(spelling.toString(), utf8(bytes.toString()))
        : absolute();
  }

  private void take(int value, String spelled) {
    boolean first = spelling.isEmpty() && slash.isEmpty();
    if (value == '/' && (first || !slash.isEmpty())) {
      close();
      // The path has to start with a slash that everybody reads as one.
      slash = segments.isEmpty() ? "/" : spelled;
    } else {
      spelling.append(spelled);
      bytes.append((char) value);
    }
  }

  private void close() {
    String text = bytes.toString();
    if (text.equals("..")) {
      segments.pollLast();
    } else if (!text.isEmpty() && !text.equals(".")) {
      segments.addLast(new Segment(slash, spelling.toString(), text));
    }
    spelling.setLength(0);
    bytes.setLength(0);
  }

  private RequestPath absolute() {
    boolean trailing = bytes.isEmpty();
    close();
    StringBuilder raw = new StringBuilder();
    StringBuilder decoded = new StringBuilder();
    for (Segment segment : segments) {
      raw.append(raw.isEmpty() ? "/" : segment.slash).append(segment.spelling);
      decoded.append('/').append(segment.bytes);
    }
    if (trailing || segments.isEmpty()) {
      raw.append(raw.isEmpty() ? "/" : slash);
      decoded.append('/');
    }
    return new RequestPath(raw.toString(), utf8(decoded.toString()));
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
