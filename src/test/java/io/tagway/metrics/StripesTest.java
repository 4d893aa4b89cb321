package io.tagway.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StripesTest {
  @Test
  void nothingIsThereAtFirst() {
    Stripes stripes = new Stripes(11);
    assertTrue(stripes.isUntouched());
    assertEquals(0, stripes.sum(10));
    long[] sums = new long[11];
    stripes.addTo(sums);
    assertEquals(0, sums[3]);
  }

  @Test
  void noCountOfAnyThreadIsLost() throws Exception {
    int threads = 40; // more than there are copies, so that some share one
    int each = 2000;
    Stripes stripes = new Stripes(20);
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  start.await();
                } catch (InterruptedException e) {
                  return;
                }
                for (int j = 0; j < each; j++) {
                  Stripes.add(stripes.mine(), j % 20, 3);
                }
              });
      thread.start();
      running.add(thread);
    }
    start.countDown();
    for (Thread thread : running) {
      thread.join();
    }
    assertFalse(stripes.isUntouched());
    long[] sums = new long[20];
    stripes.addTo(sums);
    for (int i = 0; i < sums.length; i++) {
      assertEquals(3L * threads * each / 20, sums[i]);
      assertEquals(sums[i], stripes.sum(i));
    }
  }
}
