package io.tagway.accesslog;

import io.tagway.proxy.ForwardedText;
import io.tagway.proxy.Outcome;
import io.tagway.route.RouteRequest;
import io.tagway.route.Target;
import java.time.Instant;
import java.time.InstantSource;

/** One outcome as lines show it, whatever its kind; reused for the next. Used by one event loop. */
final class Entry {
  private final InstantSource clock;
  private final TimeText time = new TimeText();

  private Outcome outcome;
  private Outcome.Asked asked;
  private Target target = Target.NONE;
  private String upstreamUri = "";
  private long bodyBytes;
  private int tries;
  private int status;
  private long epochSecond;
  private int nano;

  /**
   * @param first what it shows until {@link #show} is called
   */
  Entry(InstantSource clock, Outcome first) {
    this.clock = clock;
    this.outcome = first;
    this.asked = first.asked();
  }

  void show(Outcome next) {
    outcome = next;
    asked = next.asked();
    status = next.status();
    upstreamUri = "";
    bodyBytes = 0;
    tries = 0;
    if (next instanceof Outcome.Answered answered) {
      target = answered.target();
      upstreamUri = answered.upstreamUri();
      bodyBytes = answered.bodyBytes();
      tries = answered.tries();
    } else if (next instanceof Outcome.Failed failed) {
      target = failed.target();
      upstreamUri = failed.upstreamUri();
      tries = failed.tries();
      if (failed.shownStatus() != 0) {
        status = failed.shownStatus();
        bodyBytes = failed.bodyBytes();
      }
    } else if (next instanceof Outcome.Tunnelled tunnelled) {
      target = tunnelled.target();
      upstreamUri = tunnelled.upstreamUri();
      bodyBytes = tunnelled.receivedBytes();
      tries = tunnelled.tries();
    } else if (next instanceof Outcome.Own own) {
      target = own.target();
    }
    Instant now = clock.instant();
    epochSecond = now.getEpochSecond();
    nano = now.getNano();
  }

  Outcome outcome() {
    return outcome;
  }

  Outcome.Asked asked() {
    return asked;
  }

  /** The last status the client saw; without one, that of the failure. */
  int status() {
    return status;
  }

  long bodyBytes() {
    return bodyBytes;
  }

  Target target() {
    return target;
  }

  /** Empty if nothing was to be sent to a target. */
  String upstreamUri() {
    return upstreamUri;
  }

  /** Targets that were tried; 0 if none was. */
  int tries() {
    return tries;
  }

  long durationNanos() {
    return Math.max(0, asked.endNanos() - asked.startNanos());
  }

  TimeText time() {
    return time;
  }

  /** When it was told. */
  long epochSecond() {
    return epochSecond;
  }

  int nano() {
    return nano;
  }

  /** A header as it went to the target; one that did not go there as the client sent it. */
  String header(String name) {
    if (name.equalsIgnoreCase("Host")) {
      return "";
    }
    if (name.equalsIgnoreCase("X-Forwarded-For")) {
      return asked.header().apply(name);
    }
    String passed = asked.passedHeader().apply(name);
    return passed.isEmpty() ? asked.header().apply(name) : passed;
  }

  /** The scheme the client used, as far as a router before this one tells. */
  String scheme() {
    String proto = asked.header().apply("X-Forwarded-Proto");
    String forwarded = asked.header().apply("Forwarded");
    if (!proto.isEmpty() && forwarded.isEmpty()) {
      return proto;
    }
    if (proto.isEmpty() && !forwarded.isEmpty()) {
      String told = ForwardedText.proto(forwarded);
      if (!told.isEmpty()) {
        return told;
      }
    }
    boolean webSocket = asked.header().apply("Upgrade").equalsIgnoreCase("websocket");
    return webSocket ? (asked.tls() ? "wss" : "ws") : (asked.tls() ? "https" : "http");
  }

  /** The Host the target was asked for. */
  String sentHost() {
    String host = target.upstreamHost(asked.host());
    if (host.equals(asked.host()) && !host.isEmpty()) {
      return host;
    }
    return Utf8.octets(host.isEmpty() ? target.authority() : host);
  }

  /** Normalised path, and query, as routes are looked for. */
  String normalUri() {
    return RouteRequest.of(asked.tls(), asked.host(), origin(asked.uri())).uri();
  }

  /** The path and query of a target in absolute form (RFC 9112, section 3.2.2). */
  private static String origin(String uri) {
    int scheme = uri.startsWith("/") ? -1 : uri.indexOf("://");
    if (scheme < 0) {
      return uri;
    }
    int path = uri.indexOf('/', scheme + 3);
    return path < 0 ? "/" : uri.substring(path);
  }
}
