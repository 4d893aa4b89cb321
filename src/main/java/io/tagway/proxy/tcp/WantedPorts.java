package io.tagway.proxy.tcp;

import io.tagway.route.Route;
import io.tagway.route.Table;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The ports that a table asks for, with the keys that its connections are looked up by. */
final class WantedPorts {
  static final WantedPorts NONE = new WantedPorts(Map.of());

  private final Map<Integer, List<PortKey>> keys;

  private WantedPorts(Map<Integer, List<PortKey>> keys) {
    this.keys = keys;
  }

  /** Those whose keys have targets with scheme tcp only. Takes time for the whole table. */
  static WantedPorts of(Table table) {
    Map<String, Boolean> hosts = new LinkedHashMap<>();
    for (Route route : table.routes()) {
      if (route.host().indexOf(':') >= 0) {
        boolean tcp = route.targets().stream().allMatch(target -> target.scheme().equals("tcp"));
        hosts.merge(route.host(), tcp, Boolean::logicalAnd);
      }
    }
    Map<Integer, List<PortKey>> keys = new HashMap<>();
    hosts.forEach(
        (host, tcp) -> {
          if (tcp) {
            PortKey.of(host)
                .ifPresent(
                    key -> keys.computeIfAbsent(key.port(), p -> new ArrayList<>()).add(key));
          }
        });
    // A key with an address before the one for any.
    keys.values().forEach(all -> all.sort((a, b) -> rank(a) - rank(b)));
    return new WantedPorts(keys);
  }

  private static int rank(PortKey key) {
    return key.address().isPresent() ? 0 : 1;
  }

  Set<Integer> ports() {
    return keys.keySet();
  }

  /** The key for a connection to this local address and port; empty if there is none. */
  String key(InetAddress local, int port) {
    for (PortKey key : keys.getOrDefault(port, List.of())) {
      if (key.isFor(local)) {
        return key.key();
      }
    }
    return "";
  }
}
