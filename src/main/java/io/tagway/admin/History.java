package io.tagway.admin;

import io.tagway.registry.Registry;
import io.tagway.route.Difference;
import io.tagway.route.Problem;
import io.tagway.route.Table;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the last changes of the table and the problems found, with the time.
 *
 * <p>Swaps within {@link #GATHER_MILLIS} become one change: a swap costs a reference, and the
 * difference is worked out by a worker, in time that goes by what differs. Memory is bounded by the
 * number of changes, by the lines of each and by the characters of all. Cells are confined to one
 * event loop; what readers get is immutable.
 */
final class History {
  static final int MOST_CHANGES = 200;
  static final int MOST_LINES = 60;
  static final int MOST_PROBLEMS = 500;
  static final int MOST_MENDED = 100;
  private static final int MOST_CHARACTERS = 1 << 21;
  private static final long GATHER_MILLIS = 500;
  private static final long LOOK_MILLIS = 1_000;

  /**
   * One change.
   *
   * @param id counted from 1 in this run of the process
   * @param first whether it is the first table of this run
   */
  record Change(long id, Instant at, boolean first, Difference difference) {
    int characters() {
      return difference.changes().stream()
          .mapToInt(change -> change.before().length() + change.after().length())
          .sum();
    }
  }

  /** A problem, since when it is there and, if so, when it went away. */
  record Found(Problem problem, Instant since, @Nullable Instant mended) {}

  /**
   * Everything that is remembered.
   *
   * @param version counts up with every news
   * @param changes the newest first
   * @param problems those that stand, then the mended ones, the newest first
   */
  record Snapshot(long version, List<Change> changes, List<Found> problems) {}

  private final Vertx vertx;
  private final Context loop;
  private final Registry registry;
  private final InstantSource clock;
  private final LongConsumer news;
  private final Deque<Change> changes = new ArrayDeque<>();
  private final Deque<Found> mended = new ArrayDeque<>();
  private Map<Problem, Instant> standing = new LinkedHashMap<>();
  private List<Problem> seen = List.of();
  private Table told;
  private boolean gathering;
  private boolean closed;
  private long lastId;
  private int characters;
  private long timer = -1;
  private volatile Snapshot snapshot = new Snapshot(0, List.of(), List.of());

  /**
   * @param news told the version, on one event loop
   */
  History(Vertx vertx, Registry registry, InstantSource clock, LongConsumer news) {
    this.vertx = vertx;
    this.loop = vertx.getOrCreateContext();
    this.registry = registry;
    this.clock = clock;
    this.news = news;
    this.told = registry.table().get();
    registry.onSwap((older, newer) -> loop.runOnContext(swapped -> gather()));
    loop.runOnContext(
        started -> {
          gather(); // for a swap before anybody observed
          timer = vertx.setPeriodic(LOOK_MILLIS, due -> look());
        });
  }

  /** What is remembered; any thread. */
  Snapshot snapshot() {
    return snapshot;
  }

  /** Forgets nothing, but looks no more. */
  void close() {
    loop.runOnContext(
        asked -> {
          closed = true;
          vertx.cancelTimer(timer);
        });
  }

  private void gather() {
    if (!gathering && !closed) {
      gathering = true;
      vertx.setTimer(GATHER_MILLIS, over -> compare());
    }
  }

  private void compare() {
    if (closed) {
      return;
    }
    Table older = told;
    Table newer = registry.table().get();
    told = newer;
    Instant at = clock.instant();
    var unused =
        vertx
            .executeBlocking(() -> Difference.between(older, newer, MOST_LINES))
            .onSuccess(
                difference -> {
                  if (!difference.isEmpty()) {
                    boolean first = lastId == 0 && older.targetCount() == 0;
                    remember(new Change(++lastId, at, first, difference));
                  }
                })
            .onComplete(
                done -> {
                  gathering = false;
                  if (registry.table().get() != told) {
                    gather();
                  }
                });
    look();
  }

  private void remember(Change change) {
    changes.addFirst(change);
    characters += change.characters();
    while (changes.size() > MOST_CHANGES || characters > MOST_CHARACTERS) {
      characters -= changes.removeLast().characters();
    }
    publish();
  }

  /** What is wrong may change without a new table, so nobody tells of it. */
  private void look() {
    List<Problem> now = registry.problems();
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    Instant at = clock.instant();
    Map<Problem, Instant> next = new LinkedHashMap<>();
    for (Problem problem : now.subList(0, Math.min(now.size(), MOST_PROBLEMS))) {
      next.put(problem, standing.getOrDefault(problem, at));
    }
    Set<Problem> all = new HashSet<>(now);
    standing.forEach(
        (problem, since) -> {
          if (!all.contains(problem)) {
            mended.addFirst(new Found(problem, since, at));
          }
        });
    while (mended.size() > MOST_MENDED) {
      mended.removeLast();
    }
    standing = next;
    publish();
  }

  private void publish() {
    List<Found> found = new ArrayList<>();
    standing.forEach((problem, since) -> found.add(0, new Found(problem, since, null)));
    found.addAll(mended);
    long version = snapshot.version() + 1;
    snapshot = new Snapshot(version, List.copyOf(changes), List.copyOf(found));
    news.accept(version);
  }
}
