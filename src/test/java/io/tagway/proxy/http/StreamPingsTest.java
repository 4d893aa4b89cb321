package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.Http2PingFrame;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When the other end of a connection is asked whether it is there. */
class StreamPingsTest {
  private static final long SILENCE = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(300);

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final AtomicInteger lost = new AtomicInteger();
  private boolean busy = true;
  private final StreamPings pings =
      new StreamPings(
          new StreamPings.Times(SILENCE, SILENCE, PAUSE),
          channel,
          () -> busy,
          lost::incrementAndGet);

  private void awaitPing() {
    Await.until("ping", () -> isDone() && channel.readOutbound() instanceof Http2PingFrame);
  }

  /** Carries out what is due. */
  private boolean isDone() {
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();
    return true;
  }

  @Test
  void whoDoesNotAnswerIsLost() {
    pings.busy();
    awaitPing();
    assertEquals(0, lost.get());
    Await.until("lost", () -> isDone() && lost.get() == 1);
  }

  @Test
  void whoAnswersIsNotAskedAgainForAWhile() {
    long start = System.nanoTime();
    pings.busy();
    awaitPing();
    pings.heard();
    awaitPing();
    assertTrue(System.nanoTime() - start >= PAUSE);
    assertEquals(0, lost.get());
  }

  @Test
  void nobodyIsAskedWhileNobodyWaits() {
    busy = false;
    pings.busy();
    long end = System.nanoTime() + 3 * SILENCE;
    Await.until("time", () -> isDone() && System.nanoTime() > end);
    assertNull(channel.readOutbound());
    assertFalse(lost.get() > 0);
  }
}
