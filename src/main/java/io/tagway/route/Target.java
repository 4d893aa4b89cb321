package io.tagway.route;

import java.util.List;
import java.util.Map;

/**
 * One destination inside a route, with everything that can be worked out beforehand. Nothing
 * changes once its table is built; what a lookup gives may be kept after the table was replaced.
 */
public final class Target {
  /** What a lookup gives when there is no route. Its texts are empty and it admits nobody. */
  public static final Target NONE = new Target(Route.NONE, Slot.NONE, 0, 0);

  /** What a room above resolved for a target when the table was built (meters, addresses). */
  public interface Attachment {}

  private enum Nothing implements Attachment {
    ATTACHED
  }

  private final Route route;
  private final Endpoint endpoint;
  private final Origin origin;
  private final double fixedWeight;
  private final double weight;
  private final int slots;
  private Attachment attachment = Nothing.ATTACHED;

  Target(Route route, Slot slot, double weight, int slots) {
    this.route = route;
    this.endpoint = slot.endpoint();
    this.origin = slot.origin();
    this.fixedWeight = slot.weight();
    this.weight = weight;
    this.slots = slots;
  }

  /** Called once, when the route is complete and before anybody else can see the target. */
  void attach(Attachment resolved) {
    attachment = resolved;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  public boolean isNone() {
    return this == NONE;
  }

  public Route route() {
    return route;
  }

  public String service() {
    return endpoint.service();
  }

  public Origin origin() {
    return origin;
  }

  /** The destination URL in normal form. */
  public String destination() {
    return endpoint.text();
  }

  /** Scheme of the destination in lower case: http, https, tcp, grpc, grpcs, ... */
  public String scheme() {
    return endpoint.destination().scheme();
  }

  /** Host of the destination without brackets; {@code localhost} where the URL has a port only. */
  public String host() {
    return endpoint.host();
  }

  /** Port of the destination; the scheme's default where the URL has none; 0 if unknown. */
  public int port() {
    return endpoint.port();
  }

  /** host:port of the destination as written, the text used for Host with host=dst. */
  public String authority() {
    return endpoint.destination().authority();
  }

  public List<String> tags() {
    return endpoint.tags();
  }

  /** All options, sorted by name. */
  public Map<String, String> options() {
    return endpoint.options();
  }

  /** The weight that was asked for; 0 or less for a dynamic share. */
  public double fixedWeight() {
    return fixedWeight;
  }

  /** Effective share, 0 to 1. */
  public double weight() {
    return weight;
  }

  /** Slots in the ring of the route; 0 if the fixed weights of others leave nothing. */
  public int slots() {
    return slots;
  }

  public AccessRules access() {
    return endpoint.access();
  }

  /** Name of the auth scheme; empty if none is asked for. */
  public String authScheme() {
    return endpoint.authScheme();
  }

  public boolean isRedirect() {
    return endpoint.redirect() != null;
  }

  /** 300 to 399 for a redirect; else 0. */
  public int redirectCode() {
    Redirect redirect = endpoint.redirect();
    return redirect == null ? 0 : redirect.code();
  }

  /** The Location of a redirect for this request; empty for any other target. */
  public String location(RouteRequest request) {
    Redirect redirect = endpoint.redirect();
    return redirect == null ? "" : redirect.location(request);
  }

  /** Whether a client that follows the redirect would ask for the same again. */
  boolean redirectsToSelf(RouteRequest request, String forwardedProto) {
    Redirect redirect = endpoint.redirect();
    return redirect != null && redirect.loops(request, forwardedProto);
  }

  /** Value of strip=, empty if none. */
  public String strip() {
    return endpoint.path().strip();
  }

  /** Path and query to send upstream: strip, prepend and the target's query applied. */
  public String upstreamUri(RouteRequest request) {
    String query = endpoint.destination().query();
    if (endpoint.path().changesNothing() && query.length() <= 1) {
      return request.uri();
    }
    String path = endpoint.path().apply(request.path());
    String asked = request.query();
    if (query.length() <= 1) {
      return path + asked;
    }
    return asked.length() <= 1 ? path + query : path + query + '&' + asked.substring(1);
  }

  /** Host header to send upstream for a request with this Host. */
  public String upstreamHost(String requestHost) {
    if (!endpoint.hostHeader().isEmpty()) {
      return endpoint.hostHeader();
    }
    return requestHost.isEmpty() ? authority() : requestHost;
  }

  /** TLS server name to verify and send; empty = the host of the destination. */
  public String tlsServerName() {
    return endpoint.tlsServerName();
  }

  public boolean tlsSkipVerify() {
    return endpoint.tlsSkipVerify();
  }

  public Attachment attachment() {
    return attachment;
  }

  /** The target as a command, with the weight as Fabio shows it. */
  String print() {
    return new Command.Add(
            service(), route.host() + route.path(), destination(), 0, tags(), options())
        .print(fixedWeight > 0 ? WeightText.shown(fixedWeight) : "");
  }

  @Override
  public String toString() {
    return print();
  }
}
