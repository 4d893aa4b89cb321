package io.tagway.tls;

import io.netty.handler.ssl.OpenSsl;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.net.TrustOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * TLS to targets: version 1.2 or newer, the CAs that this machine trusts, the name of the target
 * verified, or nothing verified where {@code tlsskipverify} says so. Reads files once, when made.
 */
public final class UpstreamTls {
  private static final Set<String> VERSIONS = Set.of("TLSv1.2", "TLSv1.3");

  private final Optional<TrustOptions> trust;

  /**
   * @param environment for {@code SSL_CERT_FILE} and {@code SSL_CERT_DIR}
   */
  public UpstreamTls(Map<String, String> environment) {
    this.trust = SystemTrust.load(environment);
  }

  /**
   * What a connection is made with. The name that is verified, and sent as SNI unless it is an
   * address, is the one that is given to the connect.
   *
   * @param skipVerify whether any certificate will do
   * @param protocols offered by ALPN; empty = none
   */
  public ClientSSLOptions options(boolean skipVerify, List<String> protocols) {
    ClientSSLOptions options =
        new ClientSSLOptions()
            .setTrustAll(skipVerify)
            .setHostnameVerificationAlgorithm(skipVerify ? "" : "HTTPS")
            .setEnabledSecureTransportProtocols(VERSIONS)
            .setUseAlpn(!protocols.isEmpty());
    if (!protocols.isEmpty()) {
      options.setApplicationLayerProtocols(protocols);
    }
    if (!skipVerify) {
      trust.ifPresent(options::setTrustOptions);
    }
    return options;
  }

  /** For the client that connects: OpenSSL where it loads. */
  public SSLEngineOptions engine() {
    return OpenSsl.isAvailable() ? new OpenSSLEngineOptions() : new JdkSSLEngineOptions();
  }
}
