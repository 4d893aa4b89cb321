package io.tagway.metrics;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** A line of bounded length that many threads add to and one takes from. Full, it drops. */
final class Ring<E> {
  private final AtomicReferenceArray<E> slots;
  private final int mask;
  private final AtomicLong tail = new AtomicLong();
  private final AtomicLong head = new AtomicLong();
  private final LongAdder dropped = new LongAdder();

  /**
   * @param size a power of two
   */
  Ring(int size) {
    slots = new AtomicReferenceArray<>(size);
    mask = size - 1;
  }

  /** Adds, or drops and counts if there is no room. Does not wait. */
  void add(E one) {
    long at;
    do {
      at = tail.get();
      if (at - head.get() > mask) {
        dropped.increment();
        return;
      }
    } while (!tail.compareAndSet(at, at + 1));
    slots.set((int) (at & mask), one);
  }

  /** Takes all that is there, in order. One thread only. */
  void drain(Consumer<E> taker) {
    long at = head.get();
    E one;
    while ((one = slots.get((int) (at & mask))) != null) {
      slots.set((int) (at & mask), null);
      head.set(++at);
      taker.accept(one);
    }
  }

  int size() {
    return (int) (tail.get() - head.get());
  }

  long dropped() {
    return dropped.sum();
  }
}
