package io.tagway.proxy;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerBuilder;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.CleanableHttpServer;
import io.vertx.core.http.impl.tcp.TcpHttpServer;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import io.vertx.core.internal.net.NetServerInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TcpServerConfig;
import io.vertx.core.net.impl.tcp.NetServerBuilder;
import io.vertx.core.spi.transport.Transport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Hands a transport that was changed, for example by a front, to the servers made through it. The
 * public API of Vert.x has no place for a handler before TLS, nor for reading first and choosing
 * the protocol afterwards; its transport, though, is asked to configure each server's bootstrap.
 */
final class FrontedVertx extends VertxWrapper {
  private final Transport transport;

  FrontedVertx(VertxInternal delegate, UnaryOperator<Transport> change) {
    super(delegate);
    this.transport = change.apply(delegate.transport());
  }

  @Override
  public Transport transport() {
    return transport;
  }

  @Override
  public NetServer createNetServer(TcpServerConfig config, ServerSSLOptions sslOptions) {
    return new NetServerBuilder(this, new TcpServerConfig(config), sslOptions).build();
  }

  @Override
  public NetServerInternal createNetServer(NetServerOptions options) {
    return new NetServerBuilder(this, options.copy()).build();
  }

  /** The method of Vert.x counts on its own builder. */
  @Override
  public HttpServer createHttpServer(HttpServerOptions options) {
    ServerSSLOptions sslOptions = options.getSslOptions();
    HttpServerBuilder builder = httpServerBuilder().with(new HttpServerConfig(options));
    if (options.isSsl()) {
      builder.with(sslOptions == null ? new ServerSSLOptions() : sslOptions);
    }
    SSLEngineOptions engine = options.getSslEngineOptions();
    return engine == null ? builder.build() : builder.with(engine).build();
  }

  @Override
  public HttpServerBuilder httpServerBuilder() {
    return new Builder();
  }

  /** HTTP over TCP only. */
  private final class Builder implements HttpServerBuilder {
    private HttpServerConfig config = new HttpServerConfig();
    private @Nullable ServerSSLOptions sslOptions;
    private @Nullable SSLEngineOptions engineOptions;
    private @Nullable Handler<HttpConnection> connectHandler;

    @Override
    public HttpServerBuilder with(HttpServerConfig config) {
      this.config = config;
      return this;
    }

    @Override
    public HttpServerBuilder with(ServerSSLOptions options) {
      this.sslOptions = options;
      return this;
    }

    @Override
    public HttpServerBuilder with(SSLEngineOptions engine) {
      this.engineOptions = engine;
      return this;
    }

    @Override
    public HttpServerBuilder withConnectHandler(Handler<HttpConnection> handler) {
      this.connectHandler = handler;
      return this;
    }

    @Override
    @SuppressWarnings("NullAway") // Vert.x takes null for "none"
    public HttpServer build() {
      HttpServer server =
          new CleanableHttpServer(
              FrontedVertx.this,
              new TcpHttpServer(
                  FrontedVertx.this,
                  new HttpServerConfig(config),
                  sslOptions == null ? null : sslOptions.copy(),
                  engineOptions,
                  null,
                  false));
      return connectHandler == null ? server : server.connectionHandler(connectHandler);
    }
  }
}
