package io.tagway.proxy;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.Native;
import io.netty.util.concurrent.ThreadAwareExecutor;
import io.vertx.core.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Epoll for connections that are half closed. When a channel waits for nothing, Netty 4.2 (from the
 * change of its issue 16683 on, at least to 4.2.18) takes its descriptor out of epoll and goes on
 * as if it were in there: the next wish to write, when the peer is slow, fails with ENOENT and with
 * it the connection. A channel whose peer has ended its side is in that state as soon as everything
 * is written. So the descriptor is kept, waiting for nothing but errors, of which epoll then tells
 * once.
 */
final class LastingEpoll implements Transport {
  private static final IoOps ERRORS_ONCE = EpollIoOps.valueOf(Native.EPOLLET);

  private final Transport epoll;
  private final io.vertx.core.spi.transport.Transport implementation;

  LastingEpoll(Transport epoll) {
    this.epoll = epoll;
    this.implementation =
        new DelegatingTransport(epoll.implementation()) {
          @Override
          public IoHandlerFactory ioHandlerFactory() {
            return new Factory(super.ioHandlerFactory());
          }
        };
  }

  @Override
  public String name() {
    return epoll.name();
  }

  @Override
  public boolean available() {
    return epoll.available();
  }

  @Override
  public @Nullable Throwable unavailabilityCause() {
    return epoll.unavailabilityCause();
  }

  @Override
  public io.vertx.core.spi.transport.Transport implementation() {
    return implementation;
  }

  private record Factory(IoHandlerFactory delegate) implements IoHandlerFactory {
    @Override
    public IoHandler newHandler(ThreadAwareExecutor executor) {
      return new Lasting(delegate.newHandler(executor));
    }

    @Override
    public boolean isChangingThreadSupported() {
      return delegate.isChangingThreadSupported();
    }
  }

  private record Lasting(IoHandler delegate) implements IoHandler {
    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
      return new Registration(delegate.register(handle));
    }

    @Override
    public void initialize() {
      delegate.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
      return delegate.run(context);
    }

    @Override
    public void prepareToDestroy() {
      delegate.prepareToDestroy();
    }

    @Override
    public void destroy() {
      delegate.destroy();
    }

    @Override
    public void wakeup() {
      delegate.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
      return delegate.isCompatible(handleType);
    }
  }

  private static final class Registration implements IoRegistration {
    private final IoRegistration delegate;
    private volatile boolean added;

    Registration(IoRegistration delegate) {
      this.delegate = delegate;
    }

    @Override
    public long submit(IoOps ops) {
      boolean nothing = EpollIoOps.NONE.equals(ops);
      if (!nothing) {
        added = true;
      }
      return delegate.submit(nothing && added ? ERRORS_ONCE : ops);
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // Netty's signature
    public <T> T attachment() {
      return delegate.attachment();
    }

    @Override
    public boolean isValid() {
      return delegate.isValid();
    }

    @Override
    public boolean cancel() {
      return delegate.cancel();
    }
  }
}
