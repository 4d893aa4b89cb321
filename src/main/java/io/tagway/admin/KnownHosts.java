package io.tagway.admin;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Names by which a browser may have come here. A page of somebody else can have its own name
 * resolved to our address (DNS rebinding); then the browser takes it for ours. It cannot do so with
 * a name that is not its own to register.
 */
final class KnownHosts {
  /** RFC 6761, RFC 6762, RFC 8375, and names reserved by ICANN (.internal) or Consul's own. */
  private static final List<String> NOBODYS =
      List.of(".localhost", ".local", ".home.arpa", ".internal", ".consul");

  private final Set<String> named;

  /**
   * @param named names of {@code ui.hosts}, in lower case
   */
  KnownHosts(List<String> named) {
    this.named = Set.copyOf(named);
  }

  /**
   * @param host of the Host header, without port
   */
  boolean knows(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    return !bare.isEmpty()
        && (bare.indexOf('.') < 0
            || isAddress(bare)
            || named.contains(bare)
            || NOBODYS.stream().anyMatch(bare::endsWith));
  }

  /**
   * No domain ends with a number, so a browser takes such a name for an IPv4 address (URL, 3.5).
   */
  private static boolean isAddress(String host) {
    String last = host.substring(host.lastIndexOf('.') + 1);
    return host.indexOf(':') >= 0 || last.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
