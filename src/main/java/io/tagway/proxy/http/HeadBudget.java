package io.tagway.proxy.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.Http2Headers;
import io.tagway.proxy.Notices;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory large heads of requests may take, of all clients of all listeners together. A
 * head may have 256 KiB, and one of a few bytes a line takes twenty times that once it is read:
 * some dozens of those, sent slowly or to a slow target, would be all the memory there is. Small
 * heads count for nothing and always pass. For any thread.
 */
public final class HeadBudget {
  /** Bytes as they are sent: heads up to this many are not looked at. */
  static final int SMALL = 2 << 10;

  /** The same for a head that is whole. */
  private static final int SMALL_IN_MEMORY = 8 << 10;

  /** What a line takes beside its text: an entry of the map, two strings with their arrays. */
  static final int LINE_BYTES = 120;

  private static final int SHARE_OF_HEAP = 4;

  private final Notices notices =
      new Notices(System.getLogger(HeadBudget.class.getName()), System::nanoTime);

  private final long all;
  private final AtomicLong left;

  /**
   * @param bytes 0 or more
   */
  HeadBudget(long bytes) {
    this.all = bytes;
    this.left = new AtomicLong(bytes);
  }

  /** A quarter of the heap; one for the whole process. */
  public static HeadBudget ofHeap() {
    return new HeadBudget(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  }

  long left() {
    return left.get();
  }

  /** Takes memory; false, and nothing is taken, if there is not as much left. */
  boolean take(long bytes) {
    if (bytes == 0) {
      return true;
    }
    if (left.addAndGet(-bytes) < 0) {
      give(bytes);
      notices.warn(
          () ->
              "http: a request was refused for its large head: all such heads have "
                  + all / 1024
                  + " KiB, a quarter of the heap");
      return false;
    }
    return true;
  }

  /** What was taken is free again. */
  void give(long bytes) {
    if (bytes != 0) {
      left.addAndGet(bytes);
    }
  }

  /** What a head takes in memory, about; 0 for a small one. */
  static long cost(HttpHeaders headers) {
    return cost(headers.iteratorCharSequence());
  }

  /** The same over HTTP/2. */
  static long cost(Http2Headers headers) {
    return cost(headers.iterator());
  }

  private static long cost(Iterator<Map.Entry<CharSequence, CharSequence>> lines) {
    long bytes = 0;
    while (lines.hasNext()) {
      Map.Entry<CharSequence, CharSequence> line = lines.next();
      bytes += LINE_BYTES + line.getKey().length() + line.getValue().length();
    }
    return bytes > SMALL_IN_MEMORY ? bytes : 0;
  }
}
