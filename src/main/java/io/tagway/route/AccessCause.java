package io.tagway.route;

import java.net.InetAddress;
import java.util.List;

/**
 * Why the access rules of a target admit or refuse a request.
 *
 * @param admitted what {@link AccessRules#admits(InetAddress, List)} says
 * @param rules as they are written, e.g. {@code deny=ip:10.0.0.0/8}; empty if there are none
 * @param address the one that is refused: of the peer, or an element of X-Forwarded-For; if none is
 *     refused that of the peer
 * @param item the part of the rules that names this address; empty if none does
 */
public record AccessCause(boolean admitted, String rules, String address, String item) {
  /** Looks at the rules with the same eyes as a request does. */
  public static AccessCause of(Target target, InetAddress peer, List<String> forwardedFor) {
    String allow = target.options().get("allow");
    String deny = target.options().get("deny");
    String items = allow != null ? allow : deny != null ? deny : "";
    String rules =
        (allow == null ? "" : "allow=" + allow)
            + (allow == null || deny == null ? "" : " ")
            + (deny == null ? "" : "deny=" + deny);
    AccessRules access = target.access();
    boolean admitted = access.admits(peer, forwardedFor);
    String address = admitted ? peer.getHostAddress() : refused(access, peer, forwardedFor);
    return new AccessCause(admitted, rules, address, item(items, address));
  }

  private static String refused(AccessRules access, InetAddress peer, List<String> forwardedFor) {
    if (access.admits(peer)) {
      for (String line : forwardedFor) {
        for (String part : line.split(",", -1)) {
          if (!access.admits(peer, List.of(part))) {
            return WhiteSpace.trim(part);
          }
        }
      }
    }
    return peer.getHostAddress();
  }

  private static String item(String items, String text) {
    IpAddress address = IpAddress.parse(AccessRules.bare(text));
    for (String part : items.split(",", -1)) {
      String item = WhiteSpace.trim(part);
      IpNetwork network =
          item.regionMatches(true, 0, "ip:", 0, 3)
              ? IpNetwork.parse(WhiteSpace.trim(item.substring(3)))
              : null;
      if (address != null && network != null && network.contains(address)) {
        return item;
      }
    }
    return "";
  }
}
