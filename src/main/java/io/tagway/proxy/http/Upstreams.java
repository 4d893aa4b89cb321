package io.tagway.proxy.http;

import io.netty.channel.EventLoop;
import io.tagway.route.Route;
import io.tagway.route.Table;
import io.tagway.route.Target;
import io.tagway.tls.UpstreamTls;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The pools of one event loop, one for each address; a pool nobody needs is forgotten. Connections
 * that carry many requests at once would outlive their target for as long as one of these runs, so
 * it is looked after them when the table has changed.
 */
final class Upstreams {
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Map<UpstreamKey, UpstreamPool> pools = new HashMap<>();
  private final Map<UpstreamKey, StreamPool> streams = new HashMap<>();
  private final UpstreamLimits limits;
  private final UpstreamDial dial;
  private final EventLoop loop;
  private final Supplier<Table> table;
  private final LazyTimer look;
  private @Nullable Table seen;

  Upstreams(
      Vertx vertx, EventLoop loop, UpstreamTls tls, UpstreamLimits limits, Supplier<Table> table) {
    this.limits = limits;
    this.dial = new UpstreamDial(vertx, loop, tls, limits.keepAliveSeconds());
    this.loop = loop;
    this.table = table;
    this.look = new LazyTimer(loop, this::dropStrangers);
  }

  /**
   * Lends a connection; the user is told, often before this returns.
   *
   * @param target whom it is for; only its meters matter
   * @param fresh whether a connection that has served before will not do
   */
  void borrow(Target target, UpstreamKey key, UpstreamUser user, boolean fresh) {
    if (key.http2()) {
      streams(target, key).borrow(user);
    } else {
      pool(target, key).borrow(user, fresh);
    }
  }

  private UpstreamPool pool(Target target, UpstreamKey key) {
    UpstreamPool known = pools.get(key);
    if (known == null) {
      PoolGauge gauge = new PoolGauge(target);
      known = new UpstreamPool(key, limits, dial, loop, gauge, () -> pools.remove(key));
      pools.put(key, known);
    }
    return known;
  }

  private StreamPool streams(Target target, UpstreamKey key) {
    StreamPool known = streams.get(key);
    if (known == null) {
      PoolGauge gauge = new PoolGauge(target);
      known = new StreamPool(key, limits, dial, loop, gauge, pool -> streams.remove(key, pool));
      streams.put(key, known);
      if (!look.isSet()) {
        look.set(LOOK_NANOS);
      }
    }
    return known;
  }

  private void dropStrangers() {
    Table now = table.get();
    if (now != seen) {
      seen = now;
      Set<UpstreamKey> wanted = new HashSet<>();
      for (Route route : now.routes()) {
        for (Target target : route.targets()) {
          wanted.add(UpstreamKey.grpc(target));
        }
      }
      List.copyOf(streams.values()).stream()
          .filter(pool -> !wanted.contains(pool.key()))
          .forEach(this::retire);
    }
    if (!streams.isEmpty()) {
      look.set(LOOK_NANOS);
    }
  }

  private void retire(StreamPool pool) {
    streams.remove(pool.key(), pool);
    pool.retire();
    var unused = loop.schedule(pool::close, limits.lingerNanos(), TimeUnit.NANOSECONDS);
  }

  UpstreamLimits limits() {
    return limits;
  }
}
