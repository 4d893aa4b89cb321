package io.tagway.route;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntUnaryOperator;

/**
 * Chooses among the targets of a route. Holds the only state of a table: the round-robin cursor,
 * which a rebuilt route takes over, so that a change of targets does not start again at the first.
 */
final class Picker {
  private final Target[] targets;
  private final Ring ring;
  private final Strategy strategy;
  private final IntUnaryOperator random;
  private final AtomicLong cursor;

  Picker(Target[] targets, Ring ring, Table.Options options, AtomicLong cursor) {
    this(targets, ring, options.strategy(), options.random(), cursor);
  }

  Picker(
      Target[] targets, Ring ring, Strategy strategy, IntUnaryOperator random, AtomicLong cursor) {
    this.targets = targets;
    this.ring = ring;
    this.strategy = strategy;
    this.random = random;
    this.cursor = cursor;
  }

  AtomicLong cursor() {
    return cursor;
  }

  Target pick() {
    return targets.length == 1 ? targets[0] : targets[ring.at(place(true))];
  }

  /** The target of the next request, which keeps its turn; empty if chance decides. */
  Optional<Target> upNext() {
    if (targets.length == 1) {
      return Optional.of(targets[0]);
    }
    return strategy == Strategy.RR && targets.length > 0
        ? Optional.of(targets[ring.at(place(false))])
        : Optional.empty();
  }

  /**
   * Goes on from the next place to the first target with another destination. Leaves the cursor
   * where it is: with it, a second try of one request would move the turn of the next.
   */
  Target pickExcept(List<Target> tried) {
    int start = ring.size() == 0 ? 0 : place(false);
    for (int i = 0; i < ring.size(); i++) {
      Target target = targets[ring.at((start + i) % ring.size())];
      if (tried.stream().noneMatch(t -> t.destination().equals(target.destination()))) {
        return target;
      }
    }
    return Target.NONE;
  }

  private int place(boolean takesTurn) {
    return strategy == Strategy.RR
        ? (int)
            Long.remainderUnsigned(takesTurn ? cursor.getAndIncrement() : cursor.get(), ring.size())
        : random.applyAsInt(ring.size());
  }
}
