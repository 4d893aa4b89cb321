package io.tagway.proxy.tcp;

import io.netty.channel.Channel;
import io.tagway.config.ListenerSettings;
import io.tagway.proxy.Front;
import io.tagway.route.Route;
import io.tagway.route.Table;
import io.tagway.route.Target;
import io.tagway.tls.ClientHello;
import java.time.Duration;

/**
 * Finds the target of a TLS connection by the server name that its ClientHello asks for, and passes
 * it on as it is. What has no such target is closed, or belongs to the protocol behind this front.
 */
final class ServerNames implements Front {
  /** For a ClientHello where the listener has no read limit. */
  private static final Duration HELLO_LIMIT = Duration.ofSeconds(10);

  private final TcpProxy proxy;
  private final long helloNanos;
  private final boolean shared;

  /**
   * @param shared whether TLS is spoken behind this front: then only connections for TCP targets
   *     are passed on
   */
  ServerNames(TcpProxy proxy, ListenerSettings settings, boolean shared) {
    Duration limit = settings.readTimeout();
    this.proxy = proxy;
    this.helloNanos = (limit.isZero() || limit.isNegative() ? HELLO_LIMIT : limit).toNanos();
    this.shared = shared;
  }

  @Override
  public void meet(Channel channel, Runnable onward) {
    channel
        .pipeline()
        .addLast(new HelloHandler(helloNanos, hello -> decide(channel, hello, onward)));
  }

  private void decide(Channel channel, ClientHello hello, Runnable onward) {
    if (hello instanceof ClientHello.Named named) {
      String name = named.serverName();
      Target target = shared ? tcpTarget(name) : proxy.table().lookupExact(name);
      if (shared && target.isNone()) {
        onward.run();
      } else {
        if (shared) {
          proxy.accepted(channel);
        }
        proxy.serve(channel, target, "server name " + name);
      }
    } else if (shared) {
      onward.run();
    } else if (hello instanceof ClientHello.Unreadable unreadable) {
      proxy.refuse(channel, unreadable.reason());
    } else if (hello instanceof ClientHello.NotTls) {
      proxy.refuse(channel, "not TLS");
    } else {
      proxy.refuse(channel, "ClientHello without a server name");
    }
  }

  /**
   * Asks the route first, for choosing a target moves the cursor of its route, and a request that
   * is decided later chooses again. The target that is chosen here is the one that is used.
   */
  private Target tcpTarget(String name) {
    Table table = proxy.table();
    Route route = table.routeExact(name);
    if (!route.targets().isEmpty() && route.targets().stream().noneMatch(ServerNames::isTcp)) {
      return Target.NONE;
    }
    Target target = table.lookupExact(name);
    return isTcp(target) ? target : Target.NONE;
  }

  private static boolean isTcp(Target target) {
    return target.options().getOrDefault("proto", target.scheme()).equals("tcp");
  }
}
