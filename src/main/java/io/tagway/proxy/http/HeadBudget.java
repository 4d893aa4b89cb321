package io.tagway.proxy.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Iterator;
import java.util.Map;

/**
 * How much memory large heads of requests may take, of all clients of an event loop together. A
 * head may have 256 KiB, and one of a few bytes a line takes twenty times that once it is read:
 * some dozens of those, sent slowly or to a slow target, would be all the memory there is. Small
 * heads count for nothing and always pass. Used by one event loop.
 */
final class HeadBudget {
  /** Heads up to this many bytes are not looked at. */
  static final int SMALL = 2 << 10;

  /** The same for heads of which only the lines are known. */
  static final int SMALL_IN_MEMORY = 8 << 10;

  /** What a line takes beside its text: an entry of the map, two strings with their arrays. */
  static final int LINE_BYTES = 120;

  private static final int SHARE_OF_HEAP = 4;

  private long left;

  /**
   * @param bytes 0 or more
   */
  HeadBudget(long bytes) {
    this.left = bytes;
  }

  long left() {
    return left;
  }

  /** A quarter of the heap, shared out among loops. */
  static HeadBudget ofHeap(int loops) {
    return new HeadBudget(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / Math.max(1, loops));
  }

  /** Takes memory; false, and nothing is taken, if there is not as much left. */
  boolean take(long bytes) {
    if (bytes > left) {
      return false;
    }
    left -= bytes;
    return true;
  }

  /** What was taken is free again. */
  void give(long bytes) {
    left += bytes;
  }

  /** About what a head takes in memory. */
  static long bytes(HttpHeaders headers) {
    return bytes(headers.iteratorCharSequence());
  }

  static long bytes(Http2Headers headers) {
    return bytes(headers.iterator());
  }

  private static long bytes(Iterator<Map.Entry<CharSequence, CharSequence>> lines) {
    long bytes = 0;
    while (lines.hasNext()) {
      Map.Entry<CharSequence, CharSequence> line = lines.next();
      bytes += LINE_BYTES + line.getKey().length() + line.getValue().length();
    }
    return bytes;
  }
}
