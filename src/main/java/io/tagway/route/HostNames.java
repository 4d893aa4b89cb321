package io.tagway.route;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys that answer for one name (or one end of names): {@code name} itself, {@code name:80} on
 * plain connections, {@code name:443} on TLS ones. A key with the port comes first.
 */
record HostNames(
    @Nullable HostRoutes own, @Nullable HostRoutes port80, @Nullable HostRoutes port443) {
  static final HostNames NONE = new HostNames(null, null, null);

  /** Which of the keys. */
  enum Slot {
    OWN,
    PORT80,
    PORT443;

    /** Where a key is listed: as itself, and with a default port under the name without it. */
    static List<Slot> of(HostKey key) {
      if (key.hasDefaultPort(false)) {
        return List.of(OWN, PORT80);
      }
      return key.hasDefaultPort(true) ? List.of(OWN, PORT443) : List.of(OWN);
    }

    /** The name, or end of names, under which a key is listed here. */
    String nameIn(HostKey key) {
      return switch (this) {
        case OWN -> key.kind() == HostKey.Kind.SUFFIX ? key.text().substring(1) : key.text();
        case PORT80 -> key.compared(false);
        case PORT443 -> key.compared(true);
      };
    }
  }

  @Nullable HostRoutes withPort(boolean tls) {
    return tls ? port443 : port80;
  }

  HostNames with(Slot slot, @Nullable HostRoutes routes) {
    return switch (slot) {
      case OWN -> new HostNames(routes, port80, port443);
      case PORT80 -> new HostNames(own, routes, port443);
      case PORT443 -> new HostNames(own, port80, routes);
    };
  }

  boolean isEmpty() {
    return own == null && port80 == null && port443 == null;
  }

  Target answer(RouteRequest request, String forwardedProto) {
    HostRoutes first = withPort(request.tls());
    Target target = first == null ? Target.NONE : first.answer(request, forwardedProto);
    return target.isNone() && own != null ? own.answer(request, forwardedProto) : target;
  }
}
