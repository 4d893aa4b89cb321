package io.tagway.proxy.tcp;

import io.netty.channel.Channel;
import io.tagway.config.ListenerSettings;
import io.tagway.proxy.ListenFailure;
import io.tagway.proxy.Listener;
import io.tagway.proxy.ProxyHeaderMeters;
import io.tagway.proxy.ProxyProtocol;
import io.tagway.route.Table;
import io.tagway.route.Target;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Listener {@code tcp-dynamic}: opens the ports that routes ask for, on all interfaces, and closes
 * those that none asks for any more. It is told when the table was swapped; several swaps in quick
 * succession are one. Its own address is not opened.
 */
public final class DynamicPorts implements Listener, BiConsumer<Table, Table> {
  private static final System.Logger LOG = System.getLogger(DynamicPorts.class.getName());

  /** How long swaps are gathered; what is left of 100 ms is for opening the ports. */
  private static final Duration GATHER = Duration.ofMillis(10);

  /** How soon a port is tried again whose last connections are still ours. */
  private static final Duration SOON = Duration.ofMillis(50);

  private static final Duration REFRESH = Duration.ofSeconds(5);
  private static final Duration LEAST_REFRESH = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final ListenerSettings settings;
  private final int loops;
  private final TcpForwarding forwarding;
  private final ProxyHeaderMeters headers;
  private final Optional<Consumer<NetServerOptions>> tls;
  private final Duration farewell;
  private final Duration refresh;
  private final Context context;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final Set<Acceptor> shared = ConcurrentHashMap.newKeySet();
  private volatile boolean started;
  private volatile WantedPorts wanted = WantedPorts.NONE;

  // Used on the context only.
  private final Map<Integer, OpenPort> open = new HashMap<>();
  private final Set<OpenPort> closing = new HashSet<>();
  private final Set<Integer> complained = new HashSet<>();
  private boolean retrying;
  private boolean draining;

  /**
   * @param settings its refresh is the pause between attempts to open a port that others use
   * @param headers told of PROXY headers that are refused, if the listener takes any
   * @param tls how TLS is ended, if it is
   * @param farewell how long connections may go on after their port was closed
   */
  public DynamicPorts(
      Vertx vertx,
      ListenerSettings settings,
      int loops,
      TcpForwarding forwarding,
      ProxyHeaderMeters headers,
      Optional<Consumer<NetServerOptions>> tls,
      Duration farewell) {
    this.vertx = vertx;
    this.settings = settings;
    this.loops = loops;
    this.forwarding = forwarding;
    this.headers = headers;
    this.tls = tls;
    this.farewell = farewell;
    Duration asked = settings.refresh();
    this.refresh =
        asked.isZero() || asked.isNegative()
            ? REFRESH
            : asked.compareTo(LEAST_REFRESH) < 0 ? LEAST_REFRESH : asked;
    this.context = vertx.getOrCreateContext();
  }

  /** Opens what the table asks for now; a port that cannot be opened is no failure. */
  @Override
  public Future<Void> open() {
    started = true;
    Promise<Void> done = Promise.promise();
    context.runOnContext(go -> reconcile().onComplete(done));
    return done.future();
  }

  /** The table was swapped. Any thread; returns at once. */
  @Override
  public void accept(Table before, Table after) {
    if (started && scheduled.compareAndSet(false, true)) {
      context.runOnContext(go -> vertx.setTimer(GATHER.toMillis(), id -> reconcile()));
    }
  }

  /** Always 0. */
  @Override
  public int port() {
    return 0;
  }

  private Future<Void> reconcile() {
    scheduled.set(false);
    return context
        .executeBlocking(() -> WantedPorts.of(forwarding.table().get()))
        .compose(this::reconcile);
  }

  private Future<Void> reconcile(WantedPorts now) {
    if (draining) {
      return Future.succeededFuture();
    }
    wanted = now;
    for (OpenPort port : List.copyOf(open.values())) {
      if (!now.ports().contains(port.number)) {
        close(port, farewell);
      }
    }
    complained.retainAll(now.ports());
    List<Future<Void>> opening = new ArrayList<>();
    for (int number : now.ports()) {
      if (!open.containsKey(number)) {
        opening.add(open(new OpenPort(number)));
      }
    }
    return Future.join(opening).mapEmpty();
  }

  private Future<Void> open(OpenPort port) {
    open.put(port.number, port);
    shared.add(port.acceptor);
    return port.acceptor
        .listen("", port.number)
        .<Void>map(
            bound -> {
              complained.remove(port.number);
              LOG.log(System.Logger.Level.INFO, "tcp-dynamic: listening on :" + port.number);
              return null;
            })
        .otherwise(
            cause -> {
              open.remove(port.number, port);
              shared.remove(port.acceptor);
              failed(port.number, cause);
              return null;
            });
  }

  private void failed(int number, Throwable cause) {
    boolean ours = closing.stream().anyMatch(port -> port.number == number);
    if (!ours && complained.add(number)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "tcp-dynamic: "
              + ListenFailure.of(":" + number, cause).getMessage()
              + "; trying again every "
              + refresh.toSeconds()
              + "s");
    }
    if (!retrying && !draining) {
      retrying = true;
      vertx.setTimer(
          (ours ? SOON : refresh).toMillis(),
          id -> {
            retrying = false;
            reconcile();
          });
    }
  }

  private Future<Void> close(OpenPort port, Duration limit) {
    open.remove(port.number, port);
    closing.add(port);
    LOG.log(System.Logger.Level.INFO, "tcp-dynamic: closed :" + port.number);
    return port.close(limit)
        .onComplete(
            done -> {
              closing.remove(port);
              shared.remove(port.acceptor);
            });
  }

  @Override
  public void giveWay() {
    shared.forEach(Acceptor::giveWay);
  }

  @Override
  public Future<Void> drain(Duration limit) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        go -> {
          draining = true;
          List<Future<Void>> closed = new ArrayList<>();
          closing.forEach(port -> closed.add(port.close(limit)));
          List.copyOf(open.values()).forEach(port -> closed.add(close(port, limit)));
          Future.join(closed).<Void>mapEmpty().onComplete(done);
        });
    return done.future();
  }

  /** One of them. */
  private final class OpenPort {
    private final int number;
    private final TcpProxy proxy;
    private final Acceptor acceptor;

    OpenPort(int number) {
      this.number = number;
      this.proxy =
          new TcpProxy(
              vertx,
              TcpObserver.Kind.PORT,
              "tcp-dynamic :" + number,
              forwarding,
              IdleLimits.of(settings));
      this.acceptor =
          new Acceptor(
              vertx,
              loops,
              TcpListener.arrival(proxy, tls.isPresent())
                  .then(ProxyProtocol.of(settings, headers, proxy::failed))
                  .then(
                      (channel, onward) -> {
                        if (tls.isPresent()) {
                          onward.run();
                        } else {
                          serve(channel);
                        }
                      }),
              tls,
              this::serve);
    }

    private void serve(Channel channel) {
      InetAddress local =
          channel.localAddress() instanceof InetSocketAddress inet
              ? inet.getAddress()
              : InetAddress.getLoopbackAddress();
      Table table = proxy.table();
      String key = wanted.key(local, number);
      Target target = key.isEmpty() ? Target.NONE : table.lookupExact(key);
      String any = ":" + number;
      if (target.isNone() && !key.equals(any)) {
        target = table.lookupExact(any);
      }
      proxy.serve(channel, target, key.isEmpty() ? any : key);
    }

    Future<Void> close(Duration limit) {
      return acceptor
          .stop()
          .transform(
              stopped -> Future.join(acceptor.close(limit), proxy.connections().drain(limit)))
          .mapEmpty();
    }
  }
}
