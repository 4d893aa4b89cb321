package io.tagway.config;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** {@link ProxyVariables} for the JDK's client, which knows no SOCKS. */
final class ProxyChoice extends ProxySelector {
  private final ProxyVariables variables;

  ProxyChoice(Map<String, String> environment) {
    this.variables = new ProxyVariables(environment);
  }

  @Override
  public List<Proxy> select(URI address) {
    int port = address.getPort();
    String scheme = address.getScheme();
    int asked = port >= 0 ? port : scheme.equals("https") ? 443 : 80;
    return variables
        .forServer(scheme, address.getHost() == null ? "" : address.getHost(), asked)
        .map(
            server -> {
              if (server.socks()) {
                throw new IllegalArgumentException("a SOCKS proxy cannot be used for -cfg");
              }
              return new Proxy(
                  Proxy.Type.HTTP,
                  InetSocketAddress.createUnresolved(server.host(), server.port()));
            })
        .map(List::of)
        .orElse(List.of(Proxy.NO_PROXY));
  }

  @Override
  public void connectFailed(URI address, SocketAddress proxy, IOException cause) {
    // There is one proxy only; the failed request itself is reported.
  }
}
