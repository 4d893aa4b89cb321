package io.tagway.testkit;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * GETs at a steady rate over keep-alive connections, in an open model: a slow answer delays nobody.
 * Every answer other than 200 and every broken exchange counts as failed.
 */
public final class Load implements AutoCloseable {
  private static final long TICK_MS = 5;

  private final Vertx vertx = Vertx.vertx();
  private final HttpClientAgent client;
  private final LongAdder sent = new LongAdder();
  private final LongAdder answered = new LongAdder();
  private final ConcurrentMap<String, LongAdder> failures = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, LongAdder> bodies = new ConcurrentHashMap<>();
  private final AtomicLong worstNanos = new AtomicLong();
  private final long timer;

  /**
   * Starts at once.
   *
   * @param perSecond requests a second
   * @param connections at the most
   */
  public Load(int port, String path, int perSecond, int connections) {
    this(port, path, perSecond, connections, true);
  }

  /** As the constructor, but that each request has a connection of its own. */
  public static Load withoutKeepAlive(int port, String path, int perSecond, int connections) {
    return new Load(port, path, perSecond, connections, false);
  }

  private Load(int port, String path, int perSecond, int connections, boolean keepAlive) {
    client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setKeepAlive(keepAlive)
                .setKeepAliveTimeout(60)
                .setConnectTimeout(2_000),
            new PoolOptions().setHttp1MaxSize(connections));
    long started = System.nanoTime();
    timer =
        vertx.setPeriodic(
            TICK_MS,
            id -> {
              double due = (System.nanoTime() - started) / 1e9 * perSecond;
              while (sent.sum() < due) {
                sent.increment();
                get(port, path);
              }
            });
  }

  private void get(int port, String path) {
    HttpClient http = client;
    long start = System.nanoTime();
    http.request(HttpMethod.GET, port, "127.0.0.1", path)
        .compose(request -> request.idleTimeout(20_000).send())
        .compose(
            response ->
                response
                    .body()
                    .map(
                        body -> {
                          if (response.statusCode() != 200) {
                            fail("status " + response.statusCode());
                          } else {
                            count(bodies, body.toString().strip());
                          }
                          return body;
                        }))
        .onFailure(failure -> fail(String.valueOf(failure)))
        .onComplete(
            done -> {
              answered.increment();
              worstNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
            });
  }

  private void fail(String how) {
    count(failures, how);
  }

  private static void count(ConcurrentMap<String, LongAdder> map, String key) {
    map.computeIfAbsent(key, any -> new LongAdder()).increment();
  }

  /** Requests sent so far. */
  public long sent() {
    return sent.sum();
  }

  /** What failed so far and how often. */
  public Map<String, Long> failures() {
    Map<String, Long> copy = new TreeMap<>();
    failures.forEach((how, count) -> copy.put(how, count.sum()));
    return copy;
  }

  /** Bodies seen and how often. */
  public Map<String, Long> bodies() {
    Map<String, Long> copy = new TreeMap<>();
    bodies.forEach((body, count) -> copy.put(body, count.sum()));
    return copy;
  }

  /** The slowest answer in milliseconds. */
  public double worstMs() {
    return worstNanos.get() / 1e6;
  }

  /** Sends no more and waits for the answers that are still to come. */
  public void finish() {
    vertx.cancelTimer(timer);
    Eventually.within(Duration.ofSeconds(30))
        .await("every answer is in", () -> answered.sum() == sent.sum());
  }

  @Override
  public void close() {
    vertx.cancelTimer(timer);
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
