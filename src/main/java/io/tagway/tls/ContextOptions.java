package io.tagway.tls;

import io.netty.handler.ssl.SslContext;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands the shared context of a listener to the servers of Vert.x. */
final class ContextOptions extends SSLEngineOptions {
  private final TlsServer server;

  ContextOptions(TlsServer server) {
    this.server = server;
  }

  @Override
  public SSLEngineOptions copy() {
    return this;
  }

  @Override
  public SslContextFactory sslContextFactory() {
    return new SslContextFactory() {
      private List<String> protocols = List.of();

      @Override
      public SslContextFactory applicationProtocols(@Nullable List<String> offered) {
        protocols = offered == null ? List.of() : offered;
        return this;
      }

      @Override
      public SslContext create() {
        return server.context(protocols);
      }
    };
  }
}
