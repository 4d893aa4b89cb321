package io.tagway.proxy.http;

import io.netty.channel.ChannelFuture;
import io.tagway.outbound.Cause;
import io.tagway.proxy.Failure;
import io.tagway.proxy.Flood;
import io.tagway.proxy.Observer;
import io.tagway.proxy.Outcome;
import io.tagway.route.Target;
import java.lang.System.Logger.Level;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tells what became of requests: failures to the log, everything to an observer. With nobody
 * observing, a request that succeeds costs one comparison. Used by one event loop.
 */
final class Teller {
  private static final System.Logger LOG = System.getLogger(Teller.class.getName());
  private static final int LINES_PER_SECOND = 20;

  private final Observer observer;
  private final Flood failures = new Flood(LINES_PER_SECOND);
  private final Flood noRoutes = new Flood(LINES_PER_SECOND);

  Teller(Observer observer) {
    this.observer = observer.onLoop();
  }

  boolean isWatched() {
    return observer != Observer.NONE;
  }

  /** A request that was not sent to a target. */
  Outcome.Asked asked(RequestHead head, Peer client, String host, long start) {
    return asked(head, client, host, start, name -> "");
  }

  /**
   * @param passedHeader the first value of a header that was sent to the target
   */
  Outcome.Asked asked(
      RequestHead head, Peer client, String host, long start, UnaryOperator<String> passedHeader) {
    return new Outcome.Asked(
        start,
        System.nanoTime(),
        client.ip().toString(),
        client.port(),
        client.tls(),
        head.protocol().text(),
        head.method(),
        host,
        head.target(),
        name -> {
          String value = head.headers().get(name);
          return value == null ? "" : value;
        },
        passedHeader);
  }

  /** The answer of a target was passed on to its end. */
  void answered(Exchange exchange, int status, long headNanos) {
    if (isWatched()) {
      observer.told(
          new Outcome.Answered(
              exchange.asked(),
              status,
              exchange.target(),
              exchange.upstreamUri(),
              exchange.bytes(),
              headNanos,
              exchange.tries()));
    }
  }

  /** The target has taken up another protocol. */
  void opened(Exchange exchange, String protocol) {
    if (isWatched()) {
      observer.opened(exchange.target(), protocol);
    }
  }

  /** A gRPC call has ended. */
  void called(Target target, int status, long start) {
    if (isWatched()) {
      observer.called(target, status, System.nanoTime() - start);
    }
  }

  /** A client has connected; the future completes when it is gone. */
  void connected(ChannelFuture closed) {
    if (isWatched()) {
      observer.connected();
      closed.addListener(gone -> observer.disconnected());
    }
  }

  /** What was {@link #opened} has ended. */
  void tunnelled(
      Exchange exchange, String protocol, long sentBytes, long receivedBytes, long headNanos) {
    if (isWatched()) {
      observer.told(
          new Outcome.Tunnelled(
              exchange.asked(),
              exchange.target(),
              exchange.upstreamUri(),
              protocol,
              sentBytes,
              receivedBytes,
              headNanos,
              exchange.tries()));
    }
  }

  void failed(Exchange exchange, Failure failure, @Nullable Throwable cause) {
    if (failure.side() != Failure.Side.DOWNSTREAM) {
      String note = failures.pass(System.nanoTime());
      if (note != null) {
        String url = UpstreamKey.of(exchange.target()) + exchange.upstreamUri();
        LOG.log(Level.ERROR, url + ": " + failure.text() + because(cause) + note);
      }
    }
    if (isWatched()) {
      observer.told(
          new Outcome.Failed(
              exchange.asked(),
              failure,
              exchange.target(),
              exchange.upstreamUri(),
              exchange.shownStatus(),
              exchange.bytes(),
              exchange.tries(),
              cause));
    }
  }

  /**
   * @param host and uri as sent, for the text known from Fabio
   */
  void noRoute(String host, String uri) {
    observer.noRoute();
    String note = noRoutes.pass(System.nanoTime());
    if (note != null) {
      LOG.log(Level.WARNING, "No route for " + host + uri + note);
    }
  }

  void badTarget(Target target) {
    String note = failures.pass(System.nanoTime());
    if (note != null) {
      LOG.log(Level.ERROR, target.destination() + ": " + Failure.SCHEME.text() + note);
    }
  }

  void bug(String uri, RuntimeException bug) {
    String note = failures.pass(System.nanoTime());
    if (note != null) {
      LOG.log(Level.ERROR, uri + ": cannot be served" + note, bug);
    }
  }

  /** The client of a request that was never sent to its target went away. */
  void gone(Outcome.Asked asked, Target target) {
    observer.told(new Outcome.Failed(asked, Failure.CLIENT_GONE, target, "", 0, 0, 0, null));
  }

  void own(Outcome.Asked asked, int status, Target target) {
    observer.told(new Outcome.Own(asked, status, target));
  }

  private static String because(@Nullable Throwable cause) {
    return cause == null ? "" : ": " + Cause.words(cause);
  }
}
