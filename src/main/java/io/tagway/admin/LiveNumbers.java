package io.tagway.admin;

import io.tagway.metrics.TargetStats;
import io.tagway.route.Target;
import io.vertx.core.Vertx;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells open pages how targets are doing, and does nothing while none is open. Confined to one
 * event loop, but for the looking, which is done on a worker.
 */
final class LiveNumbers {
  private static final System.Logger LOG = System.getLogger(LiveNumbers.class.getName());

  /** An event may name this many targets at each tick; larger ones come at fewer ticks. */
  private static final int TARGETS_A_TICK = 1_000;

  /** So that the page of the largest table is at most ten seconds behind. */
  private static final int MOST_TICKS = 5;

  private final Vertx vertx;
  private final Supplier<LiveTable.Snapshot> snapshot;
  private final Function<Target, TargetStats> stats;
  private final Consumer<String> tell;
  private @Nullable TargetNumbers numbers;
  private boolean looking;
  private boolean first;
  private boolean toldSome;
  private int ticksToWait;

  /**
   * @param tell takes the data of each event, on the loop that the other methods are called on
   */
  LiveNumbers(
      Vertx vertx,
      Supplier<LiveTable.Snapshot> snapshot,
      Function<Target, TargetStats> stats,
      Consumer<String> tell) {
    this.vertx = vertx;
    this.snapshot = snapshot;
    this.stats = stats;
    this.tell = tell;
  }

  /** A page is open now and none was before. */
  void begin() {
    numbers = new TargetNumbers(stats);
    first = true;
    toldSome = false;
    ticksToWait = 0;
    tick();
  }

  /** The last page is gone; what was counted up to now is forgotten. */
  void end() {
    numbers = null;
  }

  /** The next beat of the page's clock. */
  void tick() {
    TargetNumbers now = numbers;
    if (now == null || looking || --ticksToWait > 0) {
      return;
    }
    looking = true;
    vertx
        .executeBlocking(() -> now.look(snapshot.get(), System.nanoTime()), false)
        .onComplete(
            looked -> {
              looking = false;
              if (looked.failed()) {
                LOG.log(System.Logger.Level.ERROR, "cannot read numbers", looked.cause());
              } else if (now == numbers) {
                told(looked.result());
              }
            });
  }

  private void told(TargetNumbers.Told told) {
    // The first look has no rates: the second must not keep a page waiting.
    ticksToWait = first ? 1 : Math.min(MOST_TICKS, 1 + told.targets() / TARGETS_A_TICK);
    first = false;
    // An empty list once, so that pages know that all is quiet.
    if (told.targets() > 0 || toldSome) {
      tell.accept(told.json());
    }
    toldSome = told.targets() > 0;
  }
}
