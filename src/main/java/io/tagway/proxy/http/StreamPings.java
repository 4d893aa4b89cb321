package io.tagway.proxy.http;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.DefaultHttp2PingFrame;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Finds out that the other end of an HTTP/2 connection is dead although requests wait for it. Asks
 * seldom: servers of gRPC take a few pings within five minutes for an attack, unless they had
 * something to say in between (gRFC A8, PERMIT_KEEPALIVE_TIME). Used by one event loop.
 */
final class StreamPings {
  /**
   * In nanoseconds.
   *
   * @param silence after which is asked
   * @param answer how long an answer may take
   * @param pause from one question to the next at least
   */
  record Times(long silence, long answer, long pause) {
    static final Times USUAL =
        new Times(
            TimeUnit.SECONDS.toNanos(20),
            TimeUnit.SECONDS.toNanos(20),
            TimeUnit.SECONDS.toNanos(320));
  }

  private final Times times;
  private final Channel channel;
  private final BooleanSupplier busy;
  private final Runnable lost;
  private final LazyTimer timer;
  private boolean asked;
  private long next = System.nanoTime();

  /**
   * @param busy whether anybody waits for the other end
   * @param lost the other end does not answer
   */
  StreamPings(Times times, Channel channel, BooleanSupplier busy, Runnable lost) {
    this.times = times;
    this.channel = channel;
    this.busy = busy;
    this.lost = lost;
    this.timer = new LazyTimer(channel.eventLoop(), this::due);
  }

  /** There is a new request. */
  void busy() {
    if (!timer.isSet()) {
      timer.set(times.silence);
    }
  }

  /** Something came in. */
  void heard() {
    asked = false;
    if (timer.isSet()) {
      timer.set(times.silence);
    }
  }

  void stop() {
    timer.cancel();
  }

  private void due() {
    if (asked) {
      lost.run();
    } else if (busy.getAsBoolean()) {
      long now = System.nanoTime();
      if (next - now > 0) {
        timer.set(next - now);
        return;
      }
      asked = true;
      next = now + times.pause;
      var unused = channel.writeAndFlush(new DefaultHttp2PingFrame(now, false));
      timer.set(times.answer);
    }
  }
}
