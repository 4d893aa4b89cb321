package io.tagway.proxy;

import io.tagway.metrics.Counter;
import io.tagway.metrics.Families;
import io.tagway.metrics.Family;
import io.tagway.metrics.Gauge;
import io.tagway.metrics.Meters;
import io.tagway.metrics.RouteMeters;
import io.tagway.route.Target;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Measures the requests of HTTP listeners, as Fabio does and beyond. For any event loop. */
public final class RequestMeters implements Observer {
  /** Open connections of clients, by what the listeners speak. */
  static final Family CLIENTS =
      Family.gauge("tagway.client.connections", "Open connections of clients.", "kind");

  private static final int REDIRECTS = 300;

  private final Meters meters;
  private final Counter notFound;
  private final Gauge webSockets;
  private final Gauge clients;
  private final FailureMeters failures;
  private final RouteMeters nobody = RouteMeters.unseen();
  private final AtomicReferenceArray<@Nullable Counter> redirects = new AtomicReferenceArray<>(100);

  public RequestMeters(Meters meters) {
    this.meters = meters;
    this.notFound = meters.counter(Families.NOT_FOUND);
    this.webSockets = meters.gauge(Families.WS_CONN);
    this.clients = meters.gauge(CLIENTS, "http");
    this.failures = new FailureMeters(meters);
  }

  @Override
  public void told(Outcome outcome) {
    long nanos = outcome.asked().endNanos() - outcome.asked().startNanos();
    if (outcome instanceof Outcome.Answered answered) {
      RouteMeters target = Resolved.meters(answered.target(), nobody);
      target.answered(answered.status(), nanos);
      FailureMeters.countTries(answered.tries(), target);
    } else if (outcome instanceof Outcome.Failed failed) {
      failed(failed, nanos);
    } else if (outcome instanceof Outcome.Tunnelled tunnelled) {
      ended(tunnelled, nanos);
    } else if (outcome instanceof Outcome.Own own && own.target().isRedirect()) {
      redirected(own.status());
    }
  }

  private void failed(Outcome.Failed failed, long nanos) {
    RouteMeters target = Resolved.meters(failed.target(), nobody);
    failures.count(failed.failure(), target);
    FailureMeters.countTries(failed.tries(), target);
    if (isBrokenOff(failed)) {
      if (failed.failure().side() != Failure.Side.DOWNSTREAM) {
        target.brokenOff();
      }
    } else {
      target.answered(failed.status(), nanos);
    }
  }

  /** The client has seen a head and not what should have followed: no status fits. */
  private static boolean isBrokenOff(Outcome.Failed failed) {
    return failed.shownStatus() != 0 || failed.failure() == Failure.WRITE_TIMEOUT;
  }

  private void ended(Outcome.Tunnelled tunnelled, long nanos) {
    boolean webSocket = isWebSocket(tunnelled.protocol());
    RouteMeters target = Resolved.meters(tunnelled.target(), nobody);
    target.answered(webSocket ? 0 : tunnelled.status(), nanos);
    FailureMeters.countTries(tunnelled.tries(), target);
    if (webSocket) {
      webSockets.decrement();
    }
  }

  private void redirected(int status) {
    int index = status - REDIRECTS;
    if (index >= 0 && index < redirects.length()) {
      Counter known = redirects.get(index);
      if (known == null) {
        known = meters.counter(Families.REDIRECTS, Integer.toString(status));
        redirects.set(index, known);
      }
      known.increment();
    }
  }

  @Override
  public void opened(Target target, String protocol) {
    if (isWebSocket(protocol)) {
      webSockets.increment();
    }
  }

  private static boolean isWebSocket(String protocol) {
    return protocol.equalsIgnoreCase("websocket");
  }

  @Override
  public void noRoute() {
    notFound.increment();
  }

  @Override
  public void connected() {
    clients.increment();
  }

  @Override
  public void disconnected() {
    clients.decrement();
  }
}
