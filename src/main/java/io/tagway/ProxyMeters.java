package io.tagway;

import io.tagway.config.ListenerSettings;
import io.tagway.config.Proto;
import io.tagway.metrics.Meters;
import io.tagway.proxy.CallMeters;
import io.tagway.proxy.Observer;
import io.tagway.proxy.RequestMeters;
import io.tagway.proxy.tcp.TcpMeters;
import io.tagway.proxy.tcp.TcpObserver;
import io.tagway.proxy.tcp.TcpObserver.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Who measures what listeners do; a group of meters exists if a listener of its kind does. */
record ProxyMeters(Observer requests, Observer calls, TcpObserver connections) {
  ProxyMeters(List<ListenerSettings> listeners, Meters meters) {
    this(
        isAny(listeners, Proto.HTTP, Proto.HTTPS, Proto.HTTPS_TCP_SNI)
            ? new RequestMeters(meters)
            : Observer.NONE,
        isAny(listeners, Proto.GRPC, Proto.GRPCS) ? new CallMeters(meters) : Observer.NONE,
        connections(listeners, meters));
  }

  private static boolean isAny(List<ListenerSettings> listeners, Proto... kinds) {
    return listeners.stream().anyMatch(listener -> List.of(kinds).contains(listener.proto()));
  }

  private static TcpObserver connections(List<ListenerSettings> listeners, Meters meters) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    if (isAny(listeners, Proto.TCP, Proto.TCP_DYNAMIC)) {
      kinds.add(Kind.PORT);
    }
    if (isAny(listeners, Proto.TCP_SNI, Proto.HTTPS_TCP_SNI)) {
      kinds.add(Kind.SERVER_NAME);
    }
    return kinds.isEmpty() ? TcpObserver.NONE : new TcpMeters(meters, kinds);
  }
}
