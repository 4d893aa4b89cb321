package io.tagway.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The line between those who count and those who send. */
class RingTest {
  @Test
  void whatDoesNotFitIsCounted() {
    Ring<Integer> ring = new Ring<>(4);
    IntStream.range(0, 7).forEach(ring::add);
    List<Integer> taken = new ArrayList<>();
    ring.drain(taken::add);
    ring.add(9);
    ring.drain(taken::add);

    assertEquals(List.of(0, 1, 2, 3, 9), taken);
    assertEquals(3, ring.dropped());
    assertEquals(0, ring.size());
  }

  @Test
  void everythingIsTakenOnceOrDropped() throws InterruptedException {
    Ring<Integer> ring = new Ring<>(64);
    List<Thread> threads =
        IntStream.range(0, 4)
            .mapToObj(i -> new Thread(() -> IntStream.range(0, 50_000).forEach(ring::add)))
            .toList();
    threads.forEach(Thread::start);
    int[] taken = {0};
    while (threads.stream().anyMatch(Thread::isAlive)) {
      ring.drain(one -> taken[0]++);
    }
    ring.drain(one -> taken[0]++);

    assertEquals(200_000, taken[0] + ring.dropped());
  }
}
