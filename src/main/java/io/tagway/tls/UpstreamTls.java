package io.tagway.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.NetUtil;
import io.tagway.outbound.SystemTrust;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/**
 * TLS to targets: version 1.2 or newer, the CAs that this machine trusts, the name of the target
 * verified, or nothing verified where {@code tlsskipverify} says so. One context serves all
 * connections of a kind, so that sessions are resumed. Any thread.
 */
public final class UpstreamTls {
  /** What is offered by ALPN (RFC 7301). */
  public enum Offer {
    /** No ALPN: what is behind it may be anything. */
    NOTHING(List.of()),
    HTTP2(List.of("h2"));

    @SuppressWarnings("ImmutableEnumChecker") // List.of, which says so only in words
    private final List<String> protocols;

    Offer(List<String> protocols) {
      this.protocols = protocols;
    }
  }

  private record Kind(boolean skipVerify, Offer offer) {}

  private final TlsEngine engine;
  private final CompletableFuture<List<X509Certificate>> roots;
  private final Map<Kind, SslContext> contexts = new ConcurrentHashMap<>();

  /**
   * Begins to read the CAs, on another thread: most routers never need them, and those that do not
   * before the first table.
   *
   * @param environment for {@code SSL_CERT_FILE} and {@code SSL_CERT_DIR}
   */
  public UpstreamTls(Map<String, String> environment) {
    this(environment, TlsEngine.best());
  }

  UpstreamTls(Map<String, String> environment, TlsEngine engine) {
    this.engine = engine;
    this.roots = CompletableFuture.supplyAsync(() -> SystemTrust.certificates(environment));
  }

  /**
   * What is put in front of the handlers of a connection. It has no time limit of its own.
   *
   * @param name what the certificate must be for; sent as SNI unless it is an address (RFC 6066,
   *     section 3)
   * @param port of the target; sessions are resumed by name and port
   * @param skipVerify whether any certificate will do
   */
  public SslHandler handler(
      ByteBufAllocator allocator, String name, int port, boolean skipVerify, Offer offer) {
    SslContext context = contexts.computeIfAbsent(new Kind(skipVerify, offer), this::context);
    SslHandler handler = context.newHandler(allocator, name, port);
    handler.setHandshakeTimeoutMillis(0);
    if (name.indexOf('.') < 0 && !NetUtil.isValidIpV6Address(name)) {
      sendShortName(handler, name);
    }
    return handler;
  }

  /** Engines send no name without a dot of their own accord; inside a cluster there are some. */
  private static void sendShortName(SslHandler handler, String name) {
    try {
      SSLParameters parameters = handler.engine().getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName(name)));
      handler.engine().setSSLParameters(parameters);
    } catch (IllegalArgumentException unfit) {
      // Not a name that SNI can carry; it is still verified.
      return;
    }
  }

  private SslContext context(Kind kind) {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(engine.provider())
            .protocols("TLSv1.2", "TLSv1.3")
            .applicationProtocolConfig(TlsEngine.alpn(kind.offer.protocols));
    if (kind.skipVerify) {
      builder
          .trustManager(InsecureTrustManagerFactory.INSTANCE)
          .endpointIdentificationAlgorithm(null);
    } else {
      List<X509Certificate> trusted = roots.join();
      builder.endpointIdentificationAlgorithm("HTTPS");
      if (!trusted.isEmpty()) {
        builder.trustManager(trusted);
      }
    }
    try {
      return builder.build();
    } catch (SSLException e) {
      throw new IllegalStateException("TLS to targets cannot be had", e);
    }
  }
}
