package io.tagway.metrics;

import io.tagway.route.Route;
import io.tagway.route.Table;
import io.tagway.route.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * The meters of targets, for as long as there are routes to them: what leaves the table leaves the
 * outputs. {@link #of} is called while a table is built and {@link #swapped} when it takes the
 * place of another, both by the one thread that builds tables.
 */
public final class RouteSeries {
  private static final Family CONNECTIONS =
      Family.gauge(
          "tagway.upstream.connections", "Open connections to targets by address.", "address");
  private static final Family WAITING =
      Family.gauge(
          "tagway.upstream.waiting", "Requests that wait for a connection, by address.", "address");

  /** What is there as long as somebody uses it. */
  private static final class Used<T> {
    private final T it;
    private int uses;

    Used(T it) {
      this.it = it;
    }
  }

  private record OfService(ServiceMeters requests, UpstreamMeters upstream) {}

  private final Meters meters;
  private final Map<RouteKey, Used<RouteMeters>> routes = new ConcurrentHashMap<>();
  private final Map<String, Used<OfService>> services = new HashMap<>();
  private final Map<String, Used<AddressMeters>> addresses = new ConcurrentHashMap<>();

  /** Made for a table that is not in use yet, and may never be. */
  private final List<RouteKey> fresh = new ArrayList<>();

  public RouteSeries(Meters meters) {
    this.meters = meters;
    meters.collect(CONNECTIONS, () -> samples(AddressMeters::open));
    meters.collect(WAITING, () -> samples(AddressMeters::waiting));
  }

  /** The meters of a target; the same for all that have service, host, path and URL in common. */
  public RouteMeters of(Target target) {
    RouteKey key = RouteKey.of(target);
    Used<RouteMeters> known = routes.get(key);
    if (known == null) {
      OfService service =
          services.computeIfAbsent(
                  key.service(),
                  name ->
                      new Used<>(
                          new OfService(
                              new ServiceMeters(meters, name), new UpstreamMeters(meters, name))))
              .it;
      String where = addressOf(target.host(), target.port());
      Supplier<AddressMeters> address = () -> acquire(where);
      known = new Used<>(new RouteMeters(meters, key, service.requests, service.upstream, address));
      routes.put(key, known);
      fresh.add(key);
    }
    return known.it;
  }

  /** A table took the place of another. */
  public void swapped(Table before, Table now) {
    now.routesNotIn(before).forEach(this::add);
    before.routesNotIn(now).forEach(this::remove);
    for (RouteKey key : fresh) {
      Used<RouteMeters> route = routes.get(key);
      if (route != null && route.uses == 0) {
        forget(route.it);
      }
    }
    fresh.clear();
  }

  private void add(Route route) {
    for (Target target : route.targets()) {
      Used<RouteMeters> used = routes.get(RouteKey.of(target));
      if (used != null && used.uses++ == 0) {
        used.it.show();
        Used<OfService> service = services.get(target.service());
        if (service != null && service.uses++ == 0) {
          service.it.requests.show();
          service.it.upstream.show();
        }
      }
    }
  }

  private void remove(Route route) {
    for (Target target : route.targets()) {
      Used<RouteMeters> used = routes.get(RouteKey.of(target));
      if (used != null && --used.uses == 0) {
        used.it.hide();
        Used<OfService> service = services.get(target.service());
        if (service != null) {
          service.uses--;
        }
        forget(used.it);
      }
    }
  }

  private void forget(RouteMeters route) {
    routes.remove(route.key());
    route.address().release();
    Used<OfService> service = services.get(route.key().service());
    if (service != null && service.uses == 0) {
      service.it.requests.hide();
      service.it.upstream.hide();
      services.remove(route.key().service());
    }
  }

  /** {@code host:port}, as the label address shows it. */
  private static String addressOf(String host, int port) {
    return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
  }

  /** The meters of an address, there until they are released as often; any thread. */
  private AddressMeters acquire(String address) {
    return addresses.compute(
            address,
            (key, known) -> {
              Used<AddressMeters> used =
                  known == null ? new Used<>(new AddressMeters(() -> release(address))) : known;
              used.uses++;
              return used;
            })
        .it;
  }

  private void release(String address) {
    addresses.computeIfPresent(address, (key, used) -> --used.uses == 0 ? null : used);
  }

  private List<Meters.Sample> samples(ToLongFunction<AddressMeters> value) {
    List<Meters.Sample> samples = new ArrayList<>();
    addresses.forEach(
        (address, used) ->
            samples.add(Meters.Sample.of((double) value.applyAsLong(used.it), address)));
    return samples;
  }

  /**
   * Lets all targets work out their numbers of the moment; one thread.
   *
   * @param seconds since the last time
   */
  void look(double seconds) {
    routes.values().forEach(route -> route.it.look(seconds));
  }

  /** Targets that are measured, services, addresses; for tests. */
  int size() {
    return routes.size() + services.size() + addresses.size();
  }
}
