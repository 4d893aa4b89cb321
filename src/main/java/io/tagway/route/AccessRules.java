package io.tagway.route;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * allow= and deny= of a target: {@code ip:<address or block>}, separated by commas. Rules that
 * cannot be read refuse everybody, and so does a forwarded address that cannot be read. Addresses
 * are read as they stand; no name is ever resolved.
 */
public final class AccessRules {
  /** No rules. */
  static final AccessRules OPEN = new AccessRules(Kind.OPEN, List.of());

  /** What stands for rules that cannot be read. */
  static final AccessRules CLOSED = new AccessRules(Kind.ALLOW, List.of());

  private enum Kind {
    OPEN,
    ALLOW,
    DENY
  }

  private static final String FITS =
      "either allow= or deny= with items such as ip:10.0.0.0/8,ip:2001:db8::1";

  private final Kind kind;
  private final List<IpNetwork> networks;

  private AccessRules(Kind kind, List<IpNetwork> networks) {
    this.kind = kind;
    this.networks = List.copyOf(networks);
  }

  static AccessRules of(Map<String, String> options) throws Unfit {
    String allow = options.get("allow");
    String deny = options.get("deny");
    if (allow == null && deny == null) {
      return OPEN;
    }
    if (allow != null && deny != null) {
      throw unreadable("cannot specify allow and deny on the same route");
    }
    return allow != null
        ? new AccessRules(Kind.ALLOW, networks(allow))
        : new AccessRules(Kind.DENY, networks(String.valueOf(deny)));
  }

  private static List<IpNetwork> networks(String items) throws Unfit {
    List<IpNetwork> networks = new ArrayList<>();
    for (String part : items.split(",", -1)) {
      String item = WhiteSpace.trim(part);
      if (!item.toLowerCase(Locale.ROOT).startsWith("ip:")) {
        throw unreadable("'" + item + "' has no known type");
      }
      String network = WhiteSpace.trim(item.substring(3));
      IpNetwork read = IpNetwork.parse(network);
      if (read == null) {
        throw unreadable("'" + network + "' is no address and no block of addresses");
      }
      networks.add(read);
    }
    return networks;
  }

  private static Unfit unreadable(String reason) {
    return new Unfit(
        "failed to process access rules: " + reason + "; the target refuses everybody", FITS);
  }

  /** Whether there is no rule; lets the caller skip the work. */
  public boolean isOpen() {
    return kind == Kind.OPEN;
  }

  /**
   * Whether an HTTP request may pass: peer, then every element of every X-Forwarded-For line. An
   * element may carry a port or a zone.
   */
  public boolean admits(InetAddress peer, List<String> forwardedFor) {
    if (isOpen()) {
      return true;
    }
    if (!admits(peer)) {
      return false;
    }
    for (String line : forwardedFor) {
      for (String part : line.split(",", -1)) {
        String element = WhiteSpace.trim(part);
        if (!element.isEmpty() && !admits(element)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether a TCP connection may pass. */
  public boolean admits(InetAddress peer) {
    return isOpen() || admits(IpAddress.of(peer));
  }

  private boolean admits(String element) {
    IpAddress address = IpAddress.parse(bare(element));
    return address != null && admits(address);
  }

  private boolean admits(IpAddress address) {
    for (IpNetwork network : networks) {
      if (network.contains(address)) {
        return kind == Kind.ALLOW;
      }
    }
    return kind == Kind.DENY;
  }

  /**
   * {@code [v6]:port}, {@code v4:port} and {@code address%zone} without what is not the address.
   */
  static String bare(String element) {
    String host = element.substring(0, HostName.portStart(element));
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    int zone = host.indexOf('%');
    return zone < 0 ? host : host.substring(0, zone);
  }
}
