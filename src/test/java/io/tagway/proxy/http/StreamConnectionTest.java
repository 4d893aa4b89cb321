package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.tagway.proxy.Failure;
import io.tagway.route.Target;
import io.tagway.tls.UpstreamTls;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of the exchanges of a connection to a target that cannot go on. */
class StreamConnectionTest {
  private static final byte[] SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};

  private final Vertx vertx = Vertx.vertx();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final StreamPool pool =
      new StreamPool(
          new UpstreamKey("a.test", 80, false, "", false, true),
          new UpstreamLimits(1, 1, 1, 1, 0, 0, 15, 0),
          new UpstreamDial(vertx, channel.eventLoop(), new UpstreamTls(Map.of()), 15),
          channel.eventLoop(),
          new PoolGauge(Target.NONE),
          unused -> {});
  private final StreamConnection connection = StreamConnection.on(channel, pool, false);

  @AfterEach
  void end() {
    channel.finishAndReleaseAll();
    vertx.close().await();
  }

  private List<User> asking(int count) {
    channel.writeInbound(Unpooled.copiedBuffer(SETTINGS));
    List<User> users = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      User user = new User();
      users.add(user);
      connection.lend(user);
      channel.runPendingTasks();
      assertTrue(user.asked);
    }
    return users;
  }

  private static List<Failure> failures(List<User> users) {
    return users.stream().flatMap(user -> user.failures.stream()).toList();
  }

  /** They would all be sent anew, each to a connection that has no more memory than this one. */
  @Test
  void withoutMemoryItsExchangesHaveFailedForThat() {
    List<User> users = asking(3);

    channel.pipeline().fireExceptionCaught(new OutOfMemoryError("no direct memory"));
    channel.runPendingTasks();

    assertEquals(List.of(Failure.MEMORY, Failure.MEMORY, Failure.MEMORY), failures(users));
    assertFalse(channel.isOpen());
  }

  @Test
  void whenItBreaksTheyMayBeSentAnew() {
    List<User> users = asking(2);

    channel.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
    channel.runPendingTasks();

    assertEquals(List.of(Failure.UPSTREAM_CLOSED, Failure.UPSTREAM_CLOSED), failures(users));
    assertFalse(channel.isOpen());
  }

  /** Asks as soon as it can and keeps what went wrong. */
  private static final class User implements UpstreamUser {
    private final List<Failure> failures = new ArrayList<>();
    private boolean asked;

    @Override
    public boolean waiting() {
      return true;
    }

    @Override
    public long dialNanos() {
      return 1;
    }

    @Override
    public void connected(UpstreamConnection lent, boolean reused) {
      lent.send(this, new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"), true);
      asked = true;
    }

    @Override
    public void unavailable(Failure failure, @Nullable Throwable cause) {
      failures.add(failure);
    }

    @Override
    public void informed(HttpResponse head) {}

    @Override
    public void answered(HttpResponse head) {}

    @Override
    public boolean switched(HttpResponse head, Channel upstream, ChannelHandler last) {
      return false;
    }

    @Override
    public void body(ByteBuf piece) {
      piece.release();
    }

    @Override
    public void ended(HttpHeaders trailers) {}

    @Override
    public void paused() {}

    @Override
    public void writable() {}

    @Override
    public void failed(Failure failure, @Nullable Throwable cause) {
      failures.add(failure);
    }
  }
}
