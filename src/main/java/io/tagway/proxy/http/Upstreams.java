package io.tagway.proxy.http;

import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;

/** The pools of one event loop, one for each address; a pool nobody needs is forgotten. */
final class Upstreams {
  private final Map<UpstreamKey, UpstreamPool> pools = new HashMap<>();
  private final UpstreamLimits limits;
  private final UpstreamDial dial;
  private final EventLoop loop;

  Upstreams(Vertx vertx, EventLoop loop, UpstreamLimits limits) {
    this.limits = limits;
    this.dial = new UpstreamDial(vertx, limits.keepAliveSeconds());
    this.loop = loop;
  }

  UpstreamPool pool(UpstreamKey key) {
    UpstreamPool known = pools.get(key);
    if (known == null) {
      known = new UpstreamPool(key, limits, dial, loop, () -> pools.remove(key));
      pools.put(key, known);
    }
    return known;
  }

  UpstreamLimits limits() {
    return limits;
  }
}
