package io.tagway.proxy.http;

import io.tagway.proxy.Resolved;
import io.tagway.route.Target;

/**
 * Where connections to a target go; those with the same key can be shared. The address is part of
 * it, so that two targets with one name in their Host never mix. Worked out once for each target.
 *
 * @param host name or address to connect to
 * @param tls whether the connection is TLS
 * @param serverName name to verify and to send as SNI; empty if not TLS
 * @param skipVerify whether any certificate will do
 * @param http2 whether it carries HTTP/2, known beforehand or by ALPN (RFC 9113, section 3); else
 *     HTTP/1.1
 */
public record UpstreamKey(
    String host, int port, boolean tls, String serverName, boolean skipVerify, boolean http2) {

  /** The keys of one target: by its scheme, and from a listener that carries nothing but gRPC. */
  private record Both(UpstreamKey own, UpstreamKey grpc) implements Target.Attachment {}

  /** The key of a target, as its scheme says. */
  static UpstreamKey of(Target target) {
    return both(target).own;
  }

  /** The key of a target that is spoken to in gRPC whatever its scheme is, as gRPC listeners do. */
  static UpstreamKey grpc(Target target) {
    return both(target).grpc;
  }

  private static Both both(Target target) {
    return Resolved.path(target) instanceof Both known ? known : make(target);
  }

  /** For {@code Table.Options.attach}. */
  public static Target.Attachment attach(Target target) {
    return make(target);
  }

  private static Both make(Target target) {
    String scheme = target.scheme();
    boolean tls = scheme.equals("https") || scheme.equals("grpcs");
    boolean http2 = scheme.equals("grpc") || scheme.equals("grpcs");
    String name = target.tlsServerName();
    UpstreamKey own =
        new UpstreamKey(
            target.host(),
            target.port(),
            tls,
            tls ? (name.isEmpty() ? target.host() : name) : "",
            tls && target.tlsSkipVerify(),
            http2);
    return new Both(own, http2 ? own : own.withHttp2());
  }

  private UpstreamKey withHttp2() {
    return new UpstreamKey(host, port, tls, serverName, skipVerify, true);
  }

  @Override
  public String toString() {
    return (http2 ? "grpc" : "http")
        + (tls ? "s://" : "://")
        + (host.indexOf(':') < 0 ? host : '[' + host + ']')
        + ':'
        + port;
  }
}
