package io.tagway.route;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The host keys that are patterns. Those of a star and a literal end are found by that end, however
 * many there are; the others form a list in order of specificity, one for each kind of connection.
 */
final class WildHosts {
  static final WildHosts NONE =
      new WildHosts(
          RadixTree.empty(RadixTree.Reading.BACKWARD), new HostRoutes[0], new HostRoutes[0]);

  private final RadixTree<HostNames> suffixes;
  private final HostRoutes[] plain;
  private final HostRoutes[] secure;

  private WildHosts(RadixTree<HostNames> suffixes, HostRoutes[] plain, HostRoutes[] secure) {
    this.suffixes = suffixes;
    this.plain = plain;
    this.secure = secure;
  }

  boolean isEmpty() {
    return suffixes.isEmpty() && plain.length == 0;
  }

  @Nullable HostRoutes get(HostKey key) {
    if (key.kind() == HostKey.Kind.SUFFIX) {
      HostNames names = suffixes.get(key.text().substring(1));
      return names == null ? null : names.own();
    }
    for (HostRoutes routes : plain) {
      if (routes.key().text().equals(key.text())) {
        return routes;
      }
    }
    return null;
  }

  /** With these routes for the key, or without the key. */
  WildHosts set(HostKey key, @Nullable HostRoutes routes) {
    if (key.kind() == HostKey.Kind.GLOB) {
      return new WildHosts(
          suffixes, changed(plain, key, routes, false), changed(secure, key, routes, true));
    }
    RadixTree<HostNames> tree = suffixes;
    for (HostNames.Slot slot : HostNames.Slot.of(key)) {
      String name = slot.nameIn(key);
      HostNames names = tree.get(name);
      HostNames set = (names == null ? HostNames.NONE : names).with(slot, routes);
      tree = set.isEmpty() ? tree.without(name) : tree.with(name, set);
    }
    return new WildHosts(tree, plain, secure);
  }

  private static HostRoutes[] changed(
      HostRoutes[] list, HostKey key, @Nullable HostRoutes routes, boolean tls) {
    List<HostRoutes> rest = new ArrayList<>(Arrays.asList(list));
    rest.removeIf(other -> other.key().text().equals(key.text()));
    if (routes != null) {
      rest.add(routes);
    }
    rest.sort((a, b) -> a.key().compare(b.key(), tls));
    return rest.toArray(HostRoutes[]::new);
  }

  /** The keys that match a host, most specific first. */
  Candidates matching(String host, boolean tls) {
    return new Candidates(suffixes, tls ? secure : plain, host, tls);
  }

  /** Shows the keys that match and, where they would be tried, the patterns that do not. */
  void trace(String host, boolean tls, LookupTrace trace) {
    Candidates fitting = matching(host, tls);
    HostRoutes[] globs = tls ? secure : plain;
    int at = 0;
    for (HostRoutes next = fitting.next(); next != null; next = fitting.next()) {
      for (; at < globs.length && globs[at].key().compare(next.key(), tls) <= 0; at++) {
        traceUnlike(globs[at], host, tls, trace);
      }
      trace.fits(next);
    }
    for (; at < globs.length; at++) {
      traceUnlike(globs[at], host, tls, trace);
    }
  }

  private static void traceUnlike(HostRoutes glob, String host, boolean tls, LookupTrace trace) {
    if (!glob.key().matches(host, tls)) {
      trace.differs(glob);
    }
  }

  /** Goes through the keys that match; short-lived, so that the compiler can do without it. */
  static final class Candidates {
    private final RadixTree<HostNames> suffixes;
    private final HostRoutes[] globs;
    private final String host;
    private final boolean tls;
    private int glob;
    private RadixTree.@Nullable Node<HostNames> node;
    private @Nullable HostRoutes suffix;
    private @Nullable HostRoutes later;

    private Candidates(
        RadixTree<HostNames> suffixes, HostRoutes[] globs, String host, boolean tls) {
      this.suffixes = suffixes;
      this.globs = globs;
      this.host = host;
      this.tls = tls;
      enter(suffixes.longest(host, Integer.MAX_VALUE));
    }

    /** The next key; null when there is no other. */
    @Nullable HostRoutes next() {
      while (glob < globs.length
          && (suffix == null || globs[glob].key().compare(suffix.key(), tls) <= 0)) {
        HostRoutes routes = globs[glob++];
        if (routes.key().matches(host, tls)) {
          return routes;
        }
      }
      HostRoutes found = suffix;
      leave();
      return found;
    }

    /** To the keys of this end of the host, or of the next shorter one that has any. */
    private void enter(RadixTree.@Nullable Node<HostNames> longest) {
      node = longest;
      suffix = null;
      while (node != null && suffix == null) {
        HostNames names = node.value();
        HostRoutes withPort = names == null ? null : names.withPort(tls);
        HostRoutes own = names == null ? null : names.own();
        suffix = withPort != null ? withPort : own;
        later = withPort != null ? own : null;
        node = suffix == null ? suffixes.longest(host, node.depth()) : node;
      }
    }

    /** Past the key that was given. */
    private void leave() {
      if (later != null) {
        suffix = later;
        later = null;
      } else if (node != null) {
        enter(suffixes.longest(host, node.depth()));
      }
    }
  }
}
