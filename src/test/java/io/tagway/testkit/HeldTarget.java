package io.tagway.testkit;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A target that answers when it is told to; {@code /tunnel} becomes one that gives bytes back. */
public final class HeldTarget implements AutoCloseable {
  /** As much as the router passes on. */
  private static final int MOST_HEAD_BYTES = 1 << 20;

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final AtomicInteger requests = new AtomicInteger();
  private final List<HttpServerRequest> waiting = new ArrayList<>();
  private boolean held = true;

  /** Starts; requests wait until {@link #release()}. */
  public HeldTarget() throws Exception {
    server =
        vertx
            .createHttpServer(new HttpServerOptions().setMaxHeaderSize(MOST_HEAD_BYTES))
            .requestHandler(this::meet)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
  }

  public String url() {
    return "http://127.0.0.1:" + server.actualPort() + "/";
  }

  private void meet(HttpServerRequest request) {
    requests.incrementAndGet();
    if (request.path().equals("/tunnel")) {
      request.response().putHeader("Upgrade", "websocket");
      request.toNetSocket().onSuccess(socket -> socket.handler(socket::write));
      return;
    }
    synchronized (this) {
      if (held) {
        waiting.add(request);
        return;
      }
    }
    request.response().end("done");
  }

  /** Answers those that wait, and all that come from now on. */
  public synchronized void release() {
    held = false;
    waiting.forEach(request -> request.response().end("done"));
    waiting.clear();
  }

  /** Lets all that come from now on wait. */
  public synchronized void hold() {
    held = true;
  }

  /** Waits until that many have come, since the start. */
  public void awaitRequests(int count) {
    Eventually.soon(count + " requests", () -> requests.get() >= count);
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
