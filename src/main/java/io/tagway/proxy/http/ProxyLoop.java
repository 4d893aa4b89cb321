package io.tagway.proxy.http;

import io.netty.channel.EventLoop;
import io.tagway.config.Settings;
import io.tagway.route.Target;
import java.util.function.BooleanSupplier;

/**
 * What the requests of one event loop share.
 *
 * @param upstreams connections to targets
 * @param compression of answers
 * @param draining whether the listener is going to close
 * @param grpc limits of calls
 * @param callsOnly whether the listener carries nothing but gRPC
 */
record ProxyLoop(
    Upstreams upstreams,
    RequestHeaders requestHeaders,
    ResponseHeaders responseHeaders,
    Compression compression,
    Answers answers,
    Teller tell,
    BooleanSupplier draining,
    EventLoop eventLoop,
    Settings.Grpc grpc,
    boolean callsOnly) {
  boolean isDraining() {
    return draining.getAsBoolean();
  }

  /** Where connections to a target go. */
  UpstreamKey keyOf(Target target) {
    return callsOnly ? UpstreamKey.grpc(target) : UpstreamKey.of(target);
  }

  /**
   * The Host to ask a target for.
   *
   * @param asked that of the client; empty if there was none
   */
  String hostFor(Target target, String asked) {
    return hostOf(target, callsOnly ? "" : asked);
  }

  /** As {@link #hostFor}, for a listener that carries more than gRPC. */
  static String hostOf(Target target, String asked) {
    if (target.scheme().equals("grpcs") && !target.tlsServerName().isEmpty()) {
      return target.tlsServerName();
    }
    String host = target.upstreamHost(asked);
    return host.isEmpty() ? target.authority() : host;
  }

  boolean isWatched() {
    return tell.isWatched();
  }
}
