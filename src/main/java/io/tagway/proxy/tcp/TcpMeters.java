package io.tagway.proxy.tcp;

import io.tagway.metrics.Counter;
import io.tagway.metrics.Families;
import io.tagway.metrics.Meters;
import io.tagway.metrics.RouteMeters;
import io.tagway.proxy.Resolved;
import io.tagway.route.Target;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** Measures the connections of TCP listeners, as Fabio does and beyond. For any event loop. */
public final class TcpMeters implements TcpObserver {
  private record OfKind(Counter accepted, Counter failed, Counter withoutRoute) {
    OfKind(Meters meters, String kind) {
      this(
          meters.counter(Families.accepted(kind)),
          meters.counter(Families.failed(kind)),
          meters.counter(Families.withoutRoute(kind)));
    }
  }

  private final Counter notFound;
  private final Map<Kind, OfKind> kinds = new EnumMap<>(Kind.class);
  private final RouteMeters nobody = RouteMeters.unseen();

  /**
   * @param used the kinds for which there are listeners
   */
  public TcpMeters(Meters meters, Set<Kind> used) {
    this.notFound = meters.counter(Families.NOT_FOUND);
    for (Kind kind : used) {
      kinds.put(kind, new OfKind(meters, kind == Kind.PORT ? "tcp" : "tcp_sni"));
    }
  }

  private OfKind of(Kind kind) {
    OfKind known = kinds.get(kind);
    if (known == null) {
      throw new IllegalStateException("no listener of kind " + kind);
    }
    return known;
  }

  @Override
  public void accepted(Kind kind) {
    of(kind).accepted.increment();
  }

  @Override
  public void noRoute(Kind kind) {
    of(kind).withoutRoute.increment();
    notFound.increment();
  }

  @Override
  public void failed(Kind kind) {
    of(kind).failed.increment();
  }

  @Override
  public void sent(Target target, int bytes) {
    Resolved.meters(target, nobody).sent(bytes);
  }

  @Override
  public void received(Target target, int bytes) {
    Resolved.meters(target, nobody).received(bytes);
  }

  @Override
  public void opened(Target target) {
    Resolved.meters(target, nobody).address().opened();
  }

  @Override
  public void closed(Target target) {
    Resolved.meters(target, nobody).address().closed();
  }
}
