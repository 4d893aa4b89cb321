package io.tagway.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.tagway.proxy.Failure;
import org.jspecify.annotations.Nullable;

/** Who borrows a connection and hears the answer. All calls come on the event loop of the pool. */
interface UpstreamUser {
  /** Whether a connection is still wanted. */
  boolean waiting();

  /** How long making a connection may take. */
  long dialNanos();

  /**
   * A connection is there.
   *
   * @param reused whether it has served before, and may be about to be closed by the other side
   */
  void connected(UpstreamConnection connection, boolean reused);

  /** There will be no connection. */
  void unavailable(Failure failure, @Nullable Throwable cause);

  /** An answer with a status from 100 to 199, but 101. */
  void informed(HttpResponse head);

  /** The head of the answer. */
  void answered(HttpResponse head);

  /**
   * The target takes up another protocol (status 101), and the request was sent to its end. The
   * callee gets the channel and has to take its last two handlers off, Netty's HTTP codec and the
   * connection, before it returns.
   *
   * @return false if that was not offered; then nothing has changed
   */
  boolean switched(HttpResponse head, Channel channel, ChannelHandler connection);

  /** A piece of its body; the callee owns the buffer. */
  void body(ByteBuf piece);

  /** The answer is complete. */
  void ended(HttpHeaders trailers);

  /** Everything that had come in has been told. */
  void paused();

  /** The connection takes more again. */
  void writable();

  /** The exchange has failed; the connection is closed. */
  void failed(Failure failure, @Nullable Throwable cause);
}
