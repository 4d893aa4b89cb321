package io.tagway.route;

import org.jspecify.annotations.Nullable;

/** Finds the routes of a request's host: by hash, then by pattern, then those without host. */
final class HostIndex {
  static final HostIndex EMPTY = new HostIndex(HashTrie.empty(), WildHosts.NONE, null);

  private final HashTrie<String, HostNames> exact;
  private final WildHosts wild;
  private final @Nullable HostRoutes any;

  private HostIndex(HashTrie<String, HostNames> exact, WildHosts wild, @Nullable HostRoutes any) {
    this.exact = exact;
    this.wild = wild;
    this.any = any;
  }

  Target find(RouteRequest request, String forwardedProto) {
    String host = HostName.ofRequest(request.host(), request.tls());
    HostNames names = exact.get(host);
    Target target = names == null ? Target.NONE : names.answer(request, forwardedProto);
    if (target.isNone() && !wild.isEmpty()) {
      target = findWild(host, request, forwardedProto);
    }
    return target.isNone() && any != null ? any.answer(request, forwardedProto) : target;
  }

  private Target findWild(String host, RouteRequest request, String forwardedProto) {
    WildHosts.Candidates candidates = wild.matching(host, request.tls());
    for (HostRoutes next = candidates.next(); next != null; next = candidates.next()) {
      Target target = next.answer(request, forwardedProto);
      if (!target.isNone()) {
        return target;
      }
    }
    return Target.NONE;
  }

  /** Shows what {@link #find} goes through, in its order. */
  void trace(RouteRequest request, LookupTrace trace) {
    String host = HostName.ofRequest(request.host(), request.tls());
    HostNames names = exact.get(host);
    HostRoutes withPort = names == null ? null : names.withPort(request.tls());
    HostRoutes own = names == null ? null : names.own();
    if (withPort == null && own == null) {
      NearHosts near = new NearHosts(host);
      exact.forEach(
          (name, others) -> {
            if (others.own() != null) {
              near.add(name);
            }
          });
      trace.absent(host, near.nearest());
    }
    if (withPort != null) {
      trace.fits(withPort);
    }
    if (own != null) {
      trace.fits(own);
    }
    wild.trace(host, request.tls(), trace);
    if (any != null) {
      trace.fits(any);
    }
  }

  /** Whether routes exist for this very name. */
  boolean knows(String name) {
    HostNames names = exact.get(name);
    return names != null && names.own() != null;
  }

  /** Whether a TLS client may ask for this host. */
  boolean serves(String host) {
    HostNames names = exact.get(host);
    return any != null
        || (names != null && (names.own() != null || names.withPort(true) != null))
        || wildFor(host).next() != null;
  }

  /** The pattern keys for a TLS server name, most specific first. */
  WildHosts.Candidates wildFor(String serverName) {
    return wild.matching(serverName, true);
  }

  @Nullable HostRoutes get(HostKey key) {
    return switch (key.kind()) {
      case ANY -> any;
      case PORT -> null;
      case SUFFIX, GLOB -> wild.get(key);
      case EXACT -> {
        HostNames names = exact.get(key.text());
        yield names == null ? null : names.own();
      }
    };
  }

  /** With these routes for the key, or without the key. */
  HostIndex set(HostKey key, @Nullable HostRoutes routes) {
    return switch (key.kind()) {
      case ANY -> new HostIndex(exact, wild, routes);
      case PORT -> this;
      case SUFFIX, GLOB -> new HostIndex(exact, wild.set(key, routes), any);
      case EXACT -> new HostIndex(setExact(key, routes), wild, any);
    };
  }

  private HashTrie<String, HostNames> setExact(HostKey key, @Nullable HostRoutes routes) {
    HashTrie<String, HostNames> map = exact;
    for (HostNames.Slot slot : HostNames.Slot.of(key)) {
      String name = slot.nameIn(key);
      HostNames names = map.get(name);
      HostNames set = (names == null ? HostNames.NONE : names).with(slot, routes);
      map = set.isEmpty() ? map.without(name) : map.with(name, set);
    }
    return map;
  }
}
