package io.tagway.proxy.http;

import java.util.function.BooleanSupplier;

/**
 * What the requests of one event loop share.
 *
 * @param upstreams connections to targets
 * @param draining whether the listener is going to close
 */
record ProxyLoop(
    Upstreams upstreams,
    RequestHeaders requestHeaders,
    ResponseHeaders responseHeaders,
    Answers answers,
    Teller tell,
    BooleanSupplier draining) {
  boolean isDraining() {
    return draining.getAsBoolean();
  }

  boolean isWatched() {
    return tell.isWatched();
  }
}
