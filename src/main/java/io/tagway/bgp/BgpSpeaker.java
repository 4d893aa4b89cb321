package io.tagway.bgp;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.netty.util.NetUtil;
import io.tagway.config.Settings.Bgp;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Tells configured peers by BGP-4 that the anycast addresses can be reached here, from {@link
 * #announce()} to {@link #withdraw()} or {@link #stop}, and learns nothing from them. Should the
 * process die, the peers lose the connection and with it the routes.
 *
 * <p>Any thread may call; results arrive on the caller's context.
 */
public final class BgpSpeaker {
  private static final System.Logger LOG = System.getLogger(BgpSpeaker.class.getName());
  private static final String FAREWELL = "Tagway is stopping";

  private final Vertx vertx;
  private final Plan plan;
  private final Transport transport;
  private final Map<InetAddress, Neighbor> neighbors = new LinkedHashMap<>();
  private volatile boolean announcing;

  /**
   * Checks everything and opens nothing.
   *
   * @throws BgpRefused when the settings cannot be honoured; its message names all that is wrong
   */
  public BgpSpeaker(Vertx vertx, Bgp settings) {
    this(vertx, PlanReader.read(settings), Transport.nativeAvailable());
  }

  BgpSpeaker(Vertx vertx, Plan plan, boolean epoll) {
    this.vertx = vertx;
    this.plan = plan;
    if (!epoll) {
      refusePasswords(plan);
    }
    this.transport = new Transport(plan.routerId(), epoll);
    Random random = new Random();
    for (Peer peer : plan.peers()) {
      neighbors.put(
          peer.address(),
          new Neighbor(plan, peer, transport, transport, random, InstantSource.system()));
    }
  }

  private static void refusePasswords(Plan plan) {
    for (Peer peer : plan.peers()) {
      if (peer.signed()) {
        throw new BgpRefused(
            "BGP configuration invalid: "
                + peer
                + " has a password, which needs Linux's native transport (epoll); it is not"
                + " available here");
      }
      if (peer.hops() > 0) {
        LOG.log(WARNING, () -> peer + ": without the native transport the TTL is the system's");
      }
    }
  }

  /**
   * Binds the listening addresses, then begins to look for the peers. Fails with {@link BgpRefused}
   * when an address cannot be bound, and then nothing is left open.
   */
  public Future<Void> start() {
    plan.warnings().forEach(warning -> LOG.log(WARNING, warning));
    return here(
        listen()
            .compose(ignored -> run(() -> each(Neighbor::start)))
            .recover(failure -> transport.close().transform(done -> Future.failedFuture(failure))));
  }

  private Future<Void> listen() {
    Future<Void> chain = Future.succeededFuture();
    if (plan.listenPort().isEmpty()) {
      return chain;
    }
    for (InetAddress address : plan.listenAddresses()) {
      InetSocketAddress local = new InetSocketAddress(address, plan.listenPort().get());
      chain = chain.compose(ignored -> listen(local));
    }
    return chain;
  }

  private Future<Void> listen(InetSocketAddress local) {
    String text = NetUtil.toSocketAddressString(local);
    return transport
        .listen(local, plan.peers(), this::accept)
        .onSuccess(ignored -> LOG.log(INFO, () -> "BGP listening on " + text))
        .recover(
            failure ->
                Future.failedFuture(
                    new BgpRefused(
                        "BGP cannot listen on "
                            + text
                            + ": "
                            + failure.getMessage()
                            + "; bgp.listenport=-1 does without incoming sessions")));
  }

  private void accept(ChannelWire wire) {
    Neighbor neighbor = neighbors.get(wire.remote());
    if (neighbor == null) {
      LOG.log(DEBUG, () -> "BGP connection from " + Addresses.text(wire.remote()) + " refused");
      wire.abort();
      return;
    }
    wire.limitHops(neighbor.peer());
    neighbor.accept(wire);
  }

  /** Sends the prefixes to every peer that is up, and to those that come up. */
  public Future<Void> announce() {
    announcing = true;
    return run(() -> each(Neighbor::announce));
  }

  /** Takes the prefixes back; the sessions stay. */
  public Future<Void> withdraw() {
    announcing = false;
    return run(() -> each(Neighbor::withdraw));
  }

  /**
   * Takes the prefixes back, ends the sessions with an administrative shutdown and closes all
   * sockets. Never fails; complete at the limit at the latest.
   */
  public Future<Void> stop(Duration limit) {
    announcing = false;
    Promise<Void> ended = Promise.promise();
    boolean open =
        transport.run(
            () -> {
              List<Future<Void>> gone = new ArrayList<>();
              each(neighbor -> gone.add(neighbor.stop(FAREWELL)));
              Future.join(gone).onComplete(done -> ended.tryComplete());
              transport.after(limit, ended::tryComplete);
            });
    return open
        ? here(ended.future().compose(ignored -> transport.close()))
        : Future.succeededFuture();
  }

  /** As it is now. */
  public BgpStatus status() {
    return new BgpStatus(
        announcing,
        plan.prefixes().stream().map(Prefix::toString).toList(),
        neighbors.values().stream().map(Neighbor::status).toList());
  }

  private void each(Consumer<Neighbor> action) {
    neighbors.values().forEach(action);
  }

  private Future<Void> run(Runnable task) {
    Promise<Void> done = Promise.promise();
    boolean open =
        transport.run(
            () -> {
              task.run();
              done.complete();
            });
    return open ? here(done.future()) : Future.succeededFuture();
  }

  /** The result on the caller's context instead of the speaker's thread. */
  private Future<Void> here(Future<Void> result) {
    Context context = vertx.getOrCreateContext();
    Promise<Void> promise = Promise.promise();
    result.onComplete(done -> context.runOnContext(ignored -> promise.handle(done)));
    return promise.future();
  }
}
