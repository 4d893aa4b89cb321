package io.tagway.admin;

import io.tagway.metrics.TargetStats;
import io.tagway.registry.Absent;
import io.tagway.registry.Registry;
import io.tagway.route.Problem;
import io.tagway.route.Table;
import io.tagway.route.Target;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Tells open pages what changes. It numbers the tables it has told of, so that a page knows whether
 * it has missed one: each {@code routes} event carries the difference between two successive
 * numbers, and {@code /api/table} serves the table of the newest number.
 *
 * <p>A burst of swaps becomes one event each {@link #PAUSE_MILLIS}; the first swap after a quiet
 * time is told at once. All cells but the snapshot are confined to one event loop.
 */
final class LiveTable {
  /** At most four route events a second. */
  private static final long PAUSE_MILLIS = 250;

  /** Pages take three missing ones for a lost server. */
  static final long HEARTBEAT_MILLIS = 2_000;

  /** Browsers open six connections to a host; this is room for forty people. */
  static final int MOST_SUBSCRIBERS = 256;

  /** A table with its number; numbers of two runs of the process never meet. */
  record Snapshot(String version, Table table) {}

  private final Vertx vertx;
  private final Context loop;
  private final Registry registry;
  private final StatusReport status;
  private final String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
  private final Set<Subscriber> subscribers = new LinkedHashSet<>();
  private long number;
  private volatile Snapshot snapshot;
  private List<Problem> problems = List.of();
  private long problemsVersion;
  private List<Absent> absent = List.of();
  private long absentVersion;
  private final LiveNumbers numbers;
  private long toldAtNanos;
  private boolean pauseRuns;
  private long heartbeatTimer = -1;
  private boolean closed;

  LiveTable(
      Vertx vertx, Registry registry, StatusReport status, Function<Target, TargetStats> stats) {
    this.vertx = vertx;
    this.loop = vertx.getOrCreateContext();
    this.registry = registry;
    this.status = status;
    this.snapshot = new Snapshot(version(), registry.table().get());
    this.numbers =
        new LiveNumbers(vertx, this::snapshot, stats, json -> broadcast(event("numbers", json)));
    this.toldAtNanos = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);
    registry.onSwap((older, newer) -> loop.runOnContext(swapped -> changed()));
    registry.onStatus(() -> loop.runOnContext(changed -> heartbeat()));
    loop.runOnContext(started -> changed()); // for a swap before anybody observed
  }

  private String version() {
    return run + "-" + number;
  }

  /** The table that pages were told of last, at most a few hundred milliseconds old; any thread. */
  Snapshot snapshot() {
    return snapshot;
  }

  /** Answers with a stream of server-sent events that ends with the client or {@link #close}. */
  void subscribe(HttpServerRequest request) {
    Subscriber subscriber = new Subscriber(request, vertx.getOrCreateContext());
    loop.runOnContext(
        asked -> {
          if (closed || subscribers.size() >= MOST_SUBSCRIBERS) {
            subscriber.refuse();
            return;
          }
          subscribers.add(subscriber);
          noticeProblems();
          subscriber.open(statusEvent(), gone -> loop.runOnContext(left -> leave(subscriber)));
          if (heartbeatTimer < 0) {
            numbers.begin();
            heartbeatTimer =
                vertx.setPeriodic(
                    HEARTBEAT_MILLIS,
                    due -> {
                      heartbeat();
                      numbers.tick();
                    });
          }
        });
  }

  private void leave(Subscriber subscriber) {
    subscribers.remove(subscriber);
    if (subscribers.isEmpty() && heartbeatTimer >= 0) {
      vertx.cancelTimer(heartbeatTimer);
      heartbeatTimer = -1;
      numbers.end();
    }
  }

  /** Ends every stream, so that the stop of a listener need not wait for open pages. */
  Future<Void> close() {
    Promise<Void> done = Promise.promise();
    loop.runOnContext(
        asked -> {
          closed = true;
          List.copyOf(subscribers).forEach(Subscriber::end);
          done.complete();
        });
    return done.future();
  }

  private void changed() {
    if (pauseRuns) {
      return;
    }
    long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - toldAtNanos);
    if (waited >= PAUSE_MILLIS) {
      tell();
    } else {
      pauseRuns = true;
      vertx.setTimer(
          PAUSE_MILLIS - waited,
          over -> {
            pauseRuns = false;
            tell();
          });
    }
  }

  private void tell() {
    Snapshot older = snapshot;
    Table table = registry.table().get();
    toldAtNanos = System.nanoTime();
    if (table == older.table()) {
      heartbeat();
      return;
    }
    number++;
    Snapshot newer = new Snapshot(version(), table);
    snapshot = newer;
    if (!subscribers.isEmpty()) {
      noticeProblems();
      broadcast(event("routes", difference(older, newer)));
      broadcast(statusEvent());
    }
  }

  /** Where most of the table is different, it is shorter to fetch it: the event names no routes. */
  private static String difference(Snapshot older, Snapshot newer) {
    TableDelta delta = TableDelta.between(older.table(), newer.table());
    boolean small = delta.size() <= 64 || delta.size() <= newer.table().routes().size() / 2;
    if (small) {
      return TableJson.delta(older.version(), newer.version(), delta);
    }
    StringBuilder out = new StringBuilder();
    TableJson.text(out.append('{'), "version", newer.version());
    return out.append('}').toString();
  }

  private void heartbeat() {
    if (!subscribers.isEmpty()) {
      noticeProblems();
      broadcast(statusEvent());
    }
  }

  private void noticeProblems() {
    List<Problem> now = registry.problems();
    if (!now.equals(problems)) {
      problems = now;
      problemsVersion++;
    }
    List<Absent> absentNow = registry.absent();
    if (absentNow != absent) {
      absent = absentNow;
      absentVersion++;
    }
  }

  private Buffer statusEvent() {
    return event("status", status.brief(snapshot, problems, problemsVersion, absentVersion));
  }

  /** Tells open pages of something beside the table. */
  void announce(String name, String json) {
    loop.runOnContext(asked -> broadcast(event(name, json)));
  }

  private void broadcast(Buffer event) {
    for (Subscriber subscriber : subscribers) {
      subscriber.send(event, this::statusEventNow);
    }
  }

  /** For a subscriber that was too slow; runs on its own loop, hence reads the snapshot only. */
  private Buffer statusEventNow() {
    return event("status", status.brief(snapshot, registry.problems(), -1, -1));
  }

  private static Buffer event(String name, String json) {
    return Buffer.buffer("event: " + name + "\ndata: " + json + "\n\n");
  }
}
