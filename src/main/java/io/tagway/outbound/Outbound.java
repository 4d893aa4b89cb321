package io.tagway.outbound;

import io.tagway.config.ProxyVariables;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import io.vertx.core.net.TrustOptions;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Trust and proxies of one environment, in the words of Vert.x. For any thread. */
public final class Outbound {
  private final Map<String, String> environment;
  private final ProxyVariables proxies;

  /**
   * @param environment for {@code SSL_CERT_FILE}, {@code SSL_CERT_DIR}, {@code HTTP_PROXY}, {@code
   *     HTTPS_PROXY} and {@code NO_PROXY}
   */
  public Outbound(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    this.proxies = new ProxyVariables(environment);
  }

  /** The CAs of this machine; reads files. Empty if the JDK's own are to serve. */
  public Optional<TrustOptions> trust() {
    return SystemTrust.options(environment);
  }

  /**
   * The proxy between here and a server, if there is one.
   *
   * @param tls whether the server is asked over https
   * @throws IllegalArgumentException if the variable names none
   */
  public Optional<ProxyOptions> proxy(boolean tls, String host, int port) {
    return proxies.forServer(tls ? "https" : "http", host, port).map(Outbound::options);
  }

  /**
   * As {@link #proxy(boolean, String, int)}, for what a URL names; none if that is no host.
   *
   * @throws IllegalArgumentException if the variable names none
   */
  public Optional<ProxyOptions> proxy(URI address) {
    if (address.getHost() == null) {
      return Optional.empty();
    }
    boolean tls = "https".equals(address.getScheme());
    int port = address.getPort();
    return proxy(tls, address.getHost(), port >= 0 ? port : tls ? 443 : 80);
  }

  private static ProxyOptions options(ProxyVariables.ProxyServer server) {
    ProxyOptions options =
        new ProxyOptions()
            .setType(server.socks() ? ProxyType.SOCKS5 : ProxyType.HTTP)
            .setHost(server.host())
            .setPort(server.port());
    if (!server.user().isEmpty()) {
      options.setUsername(server.user()).setPassword(server.password());
    }
    return options;
  }
}
