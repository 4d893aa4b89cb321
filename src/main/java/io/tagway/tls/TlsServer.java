package io.tagway.tls;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.tagway.config.ListenerSettings;
import io.tagway.config.ListenerSettings.CertSource;
import io.vertx.core.Future;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;

/**
 * TLS of one listener, for as many servers as it has event loops: all share one context, and so the
 * keys of session tickets. The context lives as long as the listener; certificates are looked up at
 * each handshake, so that a new one takes effect at once and disturbs no connection.
 *
 * <pre>{@code
 * TlsServer tls = TlsServer.of(settings, source);   // after source.start()
 * vertx.httpServerBuilder()
 *     .with(config).with(tls.options(List.of("h2", "http/1.1"))).with(tls.engine()).build();
 * vertx.createNetServer(tls.configure(new NetServerOptions()));
 * channel.pipeline().addLast(tls.context(List.of()).newHandler(channel.alloc()));
 * }</pre>
 */
public final class TlsServer {
  private static final Logger LOG = System.getLogger(TlsServer.class.getName());

  /** Fabio has no limit; an unfinished handshake would hold a connection for ever. */
  private static final long HANDSHAKE_SECONDS = 10;

  /** Certificates whose native form is kept; stale ones give way. */
  private static final int CACHED_KEYS = 4096;

  private final TlsRules rules;
  private final CertificateSource source;
  private final boolean strict;
  private final String upgradeCn;
  private final List<X509Certificate> authorities;
  private final ServerKeys keys;
  private final TlsHandler.Door door;
  private final Map<List<String>, SslContext> contexts = new ConcurrentHashMap<>();

  private TlsServer(TlsRules rules, ListenerSettings settings, CertificateSource source) {
    this.rules = rules;
    this.source = source;
    // Vault issues for the name that was asked for, so that no other certificate makes sense.
    boolean onDemand =
        settings.certSource().map(CertSource::type).filter("vault-pki"::equals).isPresent();
    this.strict = settings.strictMatch() || onDemand;
    this.upgradeCn = settings.certSource().map(CertSource::caUpgradeCn).orElse("");
    this.authorities = source.clientAuthorities();
    this.keys = new ServerKeys(source::current, strict);
    this.door = new Door();
  }

  /**
   * TLS as the settings of the listener say.
   *
   * @param source started
   * @throws BadCertificate if versions or suites leave nothing, saying which
   */
  public static TlsServer of(ListenerSettings settings, CertificateSource source) {
    return of(settings, source, TlsRules.of(settings));
  }

  /** With another engine than the best. */
  static TlsServer of(ListenerSettings settings, CertificateSource source, TlsEngine engine) {
    return of(settings, source, TlsRules.of(settings, engine));
  }

  private static TlsServer of(ListenerSettings settings, CertificateSource source, TlsRules rules) {
    LOG.log(
        Level.INFO,
        "{0} speaks {1} with {2}",
        settings.address(),
        String.join(", ", rules.protocols()),
        rules.engine().description());
    if (!rules.ignored().isEmpty()) {
      LOG.log(
          Level.WARNING,
          "{0}: {1} cannot be had and is left out of tlsciphers",
          settings.address(),
          String.join(", ", rules.ignored()));
    }
    boolean clientsMustShow =
        settings.certSource().map(CertSource::clientCa).filter(ca -> !ca.isEmpty()).isPresent();
    if (clientsMustShow && source.clientAuthorities().isEmpty()) {
      throw new BadCertificate(settings.address() + ": the client CAs are not loaded");
    }
    return new TlsServer(rules, settings, source);
  }

  /**
   * For a Vert.x server, together with {@link #engine()}.
   *
   * @param protocols offered by ALPN, the best first; empty = no ALPN, and plain HTTP on the port
   *     gets no answer that explains
   */
  public ServerSSLOptions options(List<String> protocols) {
    ServerSSLOptions options =
        new ServerSSLOptions()
            // Vert.x wants to see keys; the context that is used comes from engine(). As a factory,
            // for what wraps a manager needs SLF4J, which Vert.x does not depend on.
            .setKeyCertOptions(KeyCertOptions.wrap(keys.factory()))
            .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
            .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
            .setUseAlpn(!protocols.isEmpty());
    return protocols.isEmpty() ? options : options.setApplicationLayerProtocols(protocols);
  }

  /** Makes servers use the context of this listener. */
  public SSLEngineOptions engine() {
    return new ContextOptions(this);
  }

  /** Sets all that a server of bytes needs, without ALPN. */
  public NetServerOptions configure(NetServerOptions options) {
    return options
        .setSsl(true)
        .setSslEngineOptions(engine())
        .setKeyCertOptions(KeyCertOptions.wrap(keys.factory()))
        .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
        .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
  }

  /**
   * The context itself, for pipelines that are built by hand; the same for the same protocols.
   *
   * @param protocols as in {@link #options}
   */
  public SslContext context(List<String> protocols) {
    return contexts.computeIfAbsent(List.copyOf(protocols), this::make);
  }

  private SslContext make(List<String> protocols) {
    KeyManagerFactory factory = keys.factory();
    SslContextBuilder builder =
        SslContextBuilder.forServer(
                rules.engine() == TlsEngine.OPENSSL
                    ? new OpenSslCachingX509KeyManagerFactory(factory, CACHED_KEYS)
                    : factory)
            .sslProvider(rules.engine().provider())
            .protocols(rules.protocols())
            .ciphers(rules.suites())
            .applicationProtocolConfig(TlsEngine.alpn(protocols));
    if (!authorities.isEmpty()) {
      builder.trustManager(new ClientTrust(authorities, upgradeCn)).clientAuth(ClientAuth.REQUIRE);
    }
    try {
      SslContext context = builder.build();
      if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
        // Tickets for TLS 1.2 too; BoringSSL makes the keys and changes them every other day.
        // What a ticket holds need not be kept here as well.
        sessions.setTicketKeys();
        sessions.setSessionCacheEnabled(false);
      }
      return new TlsContext(context, door, !protocols.isEmpty());
    } catch (SSLException e) {
      throw new BadCertificate("TLS cannot be set up: " + BadCertificate.reason(e));
    }
  }

  private final class Door implements TlsHandler.Door {
    @Override
    public Future<Void> prepare(String serverName) {
      return source.prepare(serverName);
    }

    @Override
    public int refusal(String serverName) {
      Certificates now = source.current();
      if (now.choose(serverName, strict).isPresent()) {
        return 0;
      }
      return now.isEmpty() && !strict ? TlsHandler.INTERNAL_ERROR : TlsHandler.UNRECOGNIZED_NAME;
    }
  }
}
