package io.tagway.config;

import io.tagway.route.IpNetwork;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a proxy as {@code HTTP_PROXY}, {@code HTTPS_PROXY} and {@code NO_PROXY} say, in upper or
 * lower case, and as Go reads them (golang.org/x/net/http/httpproxy). Loopback is always reached
 * directly.
 */
public final class ProxyVariables {
  private final Map<String, String> environment;

  /**
   * A proxy for HTTP.
   *
   * @param user empty if it asks for none
   * @param socks whether it speaks SOCKS5 and not HTTP
   */
  public record ProxyServer(boolean socks, String host, int port, String user, String password) {}

  public ProxyVariables(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * The proxy between here and a server, if there is one.
   *
   * @param scheme http or https, of what is asked for
   * @param host a name or an address; an IPv6 address may stand in brackets
   * @param port 0 to 65535
   * @throws IllegalArgumentException if the variable is no URL of a proxy
   */
  public Optional<ProxyServer> forServer(String scheme, String host, int port) {
    String name = scheme.toUpperCase(Locale.ROOT) + "_PROXY";
    String proxy = variable(name);
    String server = withoutBrackets(host.toLowerCase(Locale.ROOT));
    InetAddress address = address(server);
    boolean loopback =
        server.equals("localhost") || (address != null && address.isLoopbackAddress());
    return proxy.isEmpty() || loopback || isExcepted(server, address, port)
        ? Optional.empty()
        : Optional.of(proxyServer(name, proxy));
  }

  private String variable(String name) {
    String upper = environment.getOrDefault(name, "");
    return upper.isEmpty() ? environment.getOrDefault(name.toLowerCase(Locale.ROOT), "") : upper;
  }

  private static ProxyServer proxyServer(String variable, String text) {
    try {
      URI at = URI.create(text.contains("://") ? text : "http://" + text);
      boolean socks = at.getScheme().equals("socks5") || at.getScheme().equals("socks5h");
      if (at.getHost() != null && (socks || at.getScheme().equals("http"))) {
        String userInfo = at.getUserInfo() == null ? "" : at.getUserInfo();
        int colon = userInfo.indexOf(':');
        return new ProxyServer(
            socks,
            withoutBrackets(at.getHost()),
            at.getPort() >= 0 ? at.getPort() : socks ? 1080 : 80,
            colon < 0 ? userInfo : userInfo.substring(0, colon),
            colon < 0 ? "" : userInfo.substring(colon + 1));
      }
    } catch (IllegalArgumentException e) {
      // Told below: the message of Java would show the password.
    }
    throw new IllegalArgumentException(
        "the variable "
            + variable
            + " is no proxy; http://host:port or socks5://host:port would fit");
  }

  private boolean isExcepted(String host, @Nullable InetAddress address, int port) {
    return Stream.of(variable("NO_PROXY").split(","))
        .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
        .filter(entry -> !entry.isEmpty())
        .anyMatch(entry -> covers(entry, host, address, port));
  }

  /** {@code *}, an address, a CIDR block, a name with its subdomains, {@code .name} without it. */
  private static boolean covers(
      String entry, String host, @Nullable InetAddress address, int port) {
    if (entry.equals("*")) {
      return true;
    }
    IpNetwork network = IpNetwork.parse(withoutBrackets(entry));
    if (network != null) {
      return address != null && network.contains(address);
    }
    int colon = entry.lastIndexOf(':');
    String name = colon < 0 ? entry : entry.substring(0, colon);
    if (colon >= 0 && !entry.substring(colon + 1).equals(Integer.toString(port))) {
      return false;
    }
    IpNetwork one = IpNetwork.parse(withoutBrackets(name));
    if (one != null) {
      return address != null && one.contains(address);
    }
    String domain = name.startsWith("*.") ? name.substring(1) : name;
    return domain.startsWith(".")
        ? host.endsWith(domain)
        : host.equals(domain) || host.endsWith("." + domain);
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /** Null if it is a name. */
  private static @Nullable InetAddress address(String host) {
    boolean literal = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    try {
      return literal && IpNetwork.parse(host) != null ? InetAddress.getByName(host) : null;
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
