package io.tagway.proxy;

import io.tagway.route.AccessCause;
import io.tagway.route.Explanation;
import io.tagway.route.Target;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * What would become of a request, found out by the code that serves real ones, without sending
 * anything, asking for anybody's turn or judging a password. It may take milliseconds where a table
 * is large: not for event loops that serve.
 */
@FunctionalInterface
public interface Rehearsal {
  Course of(Ask ask);

  /**
   * A request of HTTP/1.1 without a body that somebody thinks of.
   *
   * @param tls whether the client speaks TLS
   * @param target as it would be sent, one character for each byte
   * @param client where it would come from
   * @param headers as they would be sent, Host among them; names are tokens (RFC 9110, section
   *     5.6.2), values free of controls
   */
  record Ask(
      String method, boolean tls, String target, InetAddress client, List<HeaderLine> headers) {}

  /**
   * @param varies whether a real request would have another value there: an id of its own, or what
   *     its TLS connection has agreed on
   */
  record HeaderLine(String name, String value, boolean varies) {
    public HeaderLine(String name, String value) {
      this(name, value, false);
    }
  }

  /**
   * @param lookup empty if the request is refused before a route is looked for
   * @param fate of a request that no target gets to see; empty if it is up to the target
   * @param parts one for each target that can be chosen, in the order of the route; not all if
   *     there are many
   */
  record Course(Optional<Explanation> lookup, Optional<Fate> fate, List<Part> parts) {}

  /** What happens in the end. */
  enum Ending {
    FORWARD,
    REDIRECT,
    NO_ROUTE,
    /** Turned away by the access rules of the target. */
    DENIED,
    /** The target has a scheme that HTTP requests cannot be sent to. */
    UNFIT_TARGET,
    /** Not a request that is looked at any further. */
    REFUSED
  }

  /**
   * @param status that the router answers with; 0 if that is left to the target
   * @param detail the Location of a redirect, or what is wrong with the request; may be empty
   */
  record Fate(Ending ending, int status, String detail) {}

  /**
   * What happens if this target is chosen.
   *
   * @param authScheme whose credentials are asked for first, with 401; empty if none
   * @param sent what the target gets to see, if it is forwarded
   */
  record Part(
      Target target, AccessCause access, String authScheme, Fate fate, Optional<Sent> sent) {}

  /**
   * The head of a request as it is written to a target.
   *
   * @param url scheme, host and port of the target with path and query of the request
   * @param address host:port that is connected to
   * @param serverName that TLS verifies; empty without TLS
   * @param http2 whether it is spoken; the lines begin with the pseudo headers then
   * @param start the request line of HTTP/1.1; empty in HTTP/2
   * @param lines in the order in which they are written
   */
  record Sent(
      String url,
      String address,
      String serverName,
      boolean http2,
      String start,
      List<HeaderLine> lines) {}
}
