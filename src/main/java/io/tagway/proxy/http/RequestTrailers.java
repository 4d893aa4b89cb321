package io.tagway.proxy.http;

import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.MultiMap;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Trailers of requests, which Vert.x does not hand on. A decoder may be requests ahead of those who
 * serve them, so trailers are kept under the headers of their own request until they are fetched.
 * Used by one event loop.
 */
final class RequestTrailers {
  private static final int MOST_KEPT = 16;

  private record Kept(HttpHeaders head, HttpHeaders trailers) {}

  private final ArrayDeque<Kept> kept = new ArrayDeque<>(0);
  private @Nullable HttpHeaders current;

  /** A request begins. */
  void of(HttpHeaders head) {
    current = head;
  }

  /** The request that began last has ended with these. */
  void keep(HttpHeaders trailers) {
    HttpHeaders head = current;
    if (head != null) {
      if (kept.size() == MOST_KEPT) {
        // Nobody fetched them: the requests were answered without being forwarded.
        kept.removeFirst();
      }
      kept.addLast(new Kept(head, trailers));
    }
  }

  /** What the request with these headers ended with; usually nothing. */
  HttpHeaders take(MultiMap head) {
    Iterator<Kept> all = kept.iterator();
    while (all.hasNext()) {
      Kept one = all.next();
      if ((Object) one.head == head) {
        all.remove();
        return one.trailers;
      }
    }
    return EmptyHttpHeaders.INSTANCE;
  }
}
