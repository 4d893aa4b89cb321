package io.tagway.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ImmediateExecutor;
import java.util.List;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;

/**
 * Makes {@link TlsHandler}s on the engines of another context. Netty's DelegatingSslContext would
 * let some ways to make a handler pass by.
 */
final class TlsContext extends SslContext {
  private final SslContext engines;
  private final TlsHandler.Door door;
  private final boolean http;

  TlsContext(SslContext engines, TlsHandler.Door door, boolean http) {
    this.engines = engines;
    this.door = door;
    this.http = http;
  }

  @Override
  protected SslHandler newHandler(ByteBufAllocator allocator, boolean startTls) {
    return newHandler(allocator, startTls, ImmediateExecutor.INSTANCE);
  }

  @Override
  protected SslHandler newHandler(ByteBufAllocator allocator, boolean startTls, Executor executor) {
    return new TlsHandler(newEngine(allocator), startTls, executor, door, http);
  }

  @Override
  protected SslHandler newHandler(
      ByteBufAllocator allocator, String peerHost, int peerPort, boolean startTls) {
    return newHandler(allocator, peerHost, peerPort, startTls, ImmediateExecutor.INSTANCE);
  }

  @Override
  protected SslHandler newHandler(
      ByteBufAllocator allocator,
      String peerHost,
      int peerPort,
      boolean startTls,
      Executor executor) {
    SSLEngine engine = newEngine(allocator, peerHost, peerPort);
    return new TlsHandler(engine, startTls, executor, door, http);
  }

  @Override
  public SSLEngine newEngine(ByteBufAllocator allocator) {
    return engines.newEngine(allocator);
  }

  @Override
  public SSLEngine newEngine(ByteBufAllocator allocator, String peerHost, int peerPort) {
    return engines.newEngine(allocator, peerHost, peerPort);
  }

  @Override
  public boolean isClient() {
    return false;
  }

  @Override
  public List<String> cipherSuites() {
    return engines.cipherSuites();
  }

  @Override
  @SuppressWarnings("deprecation") // abstract in the class above
  public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
    return engines.applicationProtocolNegotiator();
  }

  @Override
  public SSLSessionContext sessionContext() {
    return engines.sessionContext();
  }
}
