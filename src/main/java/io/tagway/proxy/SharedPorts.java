package io.tagway.proxy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.unix.UnixChannelOption;
import io.vertx.core.net.TcpConfig;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A transport whose servers bind with {@code SO_REUSEPORT} (socket(7)): another process of the same
 * user that does so too may listen on the same address at the same time.
 */
public final class SharedPorts implements Transport {
  private final Transport transport;
  private final io.vertx.core.spi.transport.Transport implementation;

  private SharedPorts(Transport transport) {
    this.transport = transport;
    ChannelOption<Boolean> option =
        transport == Transport.NIO
            ? NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT)
            : UnixChannelOption.SO_REUSEPORT;
    this.implementation =
        new DelegatingTransport(transport.implementation()) {
          @Override
          public void configure(TcpConfig config, boolean domainSocket, ServerBootstrap bootstrap) {
            super.configure(config, domainSocket, bootstrap);
            if (!domainSocket) {
              bootstrap.option(option, true);
            }
          }
        };
  }

  /** Whether servers of this transport can share their ports here. */
  public static boolean workOn(Transport transport) {
    if (transport != Transport.NIO) {
      return true;
    }
    try (ServerSocketChannel any = ServerSocketChannel.open()) {
      return any.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT);
    } catch (IOException e) {
      return false;
    }
  }

  /** The same transport, but that its servers share their ports with other processes. */
  public static Transport on(Transport transport) {
    return new SharedPorts(transport);
  }

  @Override
  public String name() {
    return transport.name();
  }

  @Override
  public boolean available() {
    return transport.available();
  }

  @Override
  public @Nullable Throwable unavailabilityCause() {
    return transport.unavailabilityCause();
  }

  @Override
  public io.vertx.core.spi.transport.Transport implementation() {
    return implementation;
  }
}
