package io.tagway.proxy.http;

import io.tagway.route.Target;

/**
 * Where connections to a target go; those with the same key can be shared. The address is part of
 * it, so that two targets with one name in their Host never mix. Worked out once for each target.
 *
 * @param host name or address to connect to
 * @param tls whether the connection is TLS
 * @param serverName name to verify and to send as SNI; empty if not TLS
 * @param skipVerify whether any certificate will do
 */
public record UpstreamKey(String host, int port, boolean tls, String serverName, boolean skipVerify)
    implements Target.Attachment {

  /** The key of a target whose scheme is http or https. */
  public static UpstreamKey of(Target target) {
    if (target.attachment() instanceof UpstreamKey known) {
      return known;
    }
    return attach(target);
  }

  /** For {@code Table.Options.attach}. */
  public static UpstreamKey attach(Target target) {
    boolean tls = target.scheme().equals("https");
    String name = target.tlsServerName();
    return new UpstreamKey(
        target.host(),
        target.port(),
        tls,
        tls ? (name.isEmpty() ? target.host() : name) : "",
        tls && target.tlsSkipVerify());
  }

  @Override
  public String toString() {
    return (tls ? "https://" : "http://")
        + (host.indexOf(':') < 0 ? host : '[' + host + ']')
        + ':'
        + port;
  }
}
