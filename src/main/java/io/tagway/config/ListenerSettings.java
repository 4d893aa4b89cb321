package io.tagway.config;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One listener of {@code proxy.addr} or {@code ui.addr}.
 *
 * @param address as written (template expanded): {@code [host]:port}
 * @param host without brackets; empty = all interfaces
 * @param port 0 to 65535; 0 = any free one
 * @param readTimeout zero = none, as the other durations
 * @param tlsMinVersion wire value, 0 = default
 * @param tlsMaxVersion wire value, 0 = default
 * @param tlsCiphers wire values, empty = default
 * @param proxyProtocolSources who may send PROXY headers; empty = everybody
 * @param h2c whether HTTP/2 is spoken without TLS
 */
public record ListenerSettings(
    String address,
    String host,
    int port,
    Proto proto,
    Optional<CertSource> certSource,
    Duration readTimeout,
    Duration writeTimeout,
    Duration idleTimeout,
    boolean strictMatch,
    int tlsMinVersion,
    int tlsMaxVersion,
    List<Integer> tlsCiphers,
    boolean proxyProtocol,
    Duration proxyProtocolTimeout,
    List<IpBlock> proxyProtocolSources,
    Duration refresh,
    boolean h2c) {

  /** Whether this peer may send a PROXY header, where the listener takes any. */
  public boolean takesProxyHeaderOf(InetAddress peer) {
    return proxyProtocolSources.isEmpty()
        || proxyProtocolSources.stream().anyMatch(block -> block.network().contains(peer));
  }

  /** The address as it was written, with the port that was really bound. */
  public String addressAt(int boundPort) {
    return address.substring(0, address.lastIndexOf(':') + 1) + boundPort;
  }

  /** One entry of proxy.cs. */
  public record CertSource(
      String name,
      String type,
      String cert,
      String key,
      String clientCa,
      String caUpgradeCn,
      String vaultFetchToken,
      Map<String, String> headers,
      Duration refresh) {}
}
