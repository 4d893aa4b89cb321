package io.tagway.accesslog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.proxy.Observer;
import io.tagway.proxy.Outcome;
import io.tagway.testkit.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AccessLogTest {
  private static final InstantSource CLOCK = InstantSource.system();

  /** What a slow reader of stdout looks like. */
  private static final class Gate extends OutputStream {
    private final CountDownLatch open = new CountDownLatch(1);
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AtomicInteger writes = new AtomicInteger();

    @Override
    public void write(int octet) {
      throw new AssertionError("a byte at a time");
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      writes.incrementAndGet();
      try {
        open.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      bytes.write(from, offset, length);
    }

    List<String> lines() {
      return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static Outcome outcome(int loop, int number) {
    return new Outcomes().uri("/" + loop + "/" + number).answered();
  }

  @Test
  void everyLineOfEveryLoopIsWrittenWholeAndInOrder() throws InterruptedException {
    int loops = 4;
    long each = 20_000;
    Gate out = new Gate();
    out.open.countDown();
    AccessLog log = AccessLog.open("$request_uri", new PrintStream(out), CLOCK, 1 << 12);
    List<Thread> threads = new ArrayList<>();
    int[] told = new int[loops];
    Arrays.fill(told, -1);
    for (int i = 0; i < loops; i++) {
      int loop = i;
      Thread thread =
          new Thread(
              () -> {
                Observer mine = log.onLoop();
                for (int n = 0; n < each; n++) {
                  mine.told(outcome(loop, n));
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    log.close();
    List<String> lines = out.lines();
    for (String line : lines) {
      String[] parts = line.split("/");
      int loop = Integer.parseInt(parts[1]);
      int number = Integer.parseInt(parts[2]);
      assertTrue(number > told[loop], line);
      told[loop] = number;
    }
    assertEquals(loops * each, lines.size() + log.dropped());
    assertEquals(lines.size(), log.lines());
    assertTrue(!lines.isEmpty());
  }

  @Test
  void anOutputThatTakesNothingCostsLinesAndNobodyWaits() {
    Gate out = new Gate();
    AccessLog log = AccessLog.open("$request_uri", new PrintStream(out), CLOCK, 64);
    log.told(outcome(0, 100));
    Eventually.soon("the thread is stuck", () -> out.writes.get() == 1);
    for (int n = 101; n <= 200; n++) {
      log.told(outcome(0, n));
    }
    // 64 bytes hold nine lines of seven.
    assertEquals(1 + 9, log.lines());
    assertEquals(91, log.dropped());
    out.open.countDown();
    log.close();
    assertEquals(10, out.lines().size());
    assertEquals("/0/109", out.lines().get(9));
  }

  @Test
  void aLineComesWithoutASecondOneBehindIt() {
    Gate out = new Gate();
    out.open.countDown();
    try (AccessLog log = AccessLog.open("$request_uri", new PrintStream(out), CLOCK)) {
      for (int n = 0; n < 3; n++) {
        log.told(outcome(0, n));
        int lines = n + 1;
        Eventually.soon("line " + n, () -> log.lines() == lines && out.lines().size() == lines);
      }
    }
  }

  @Test
  void aLineLongerThanAllRoomIsDropped() {
    Gate out = new Gate();
    out.open.countDown();
    AccessLog log = AccessLog.open("$request_uri", new PrintStream(out), CLOCK, 64);
    log.told(new Outcomes().uri("/" + "x".repeat(100)).answered());
    log.told(outcome(0, 1));
    log.close();
    assertEquals(List.of("/0/1"), out.lines());
    assertEquals(1, log.dropped());
  }

  @Test
  void anEmptyLineIsNone() {
    Gate out = new Gate();
    out.open.countDown();
    AccessLog log = AccessLog.open("$header.X", new PrintStream(out), CLOCK);
    log.told(outcome(0, 0));
    log.close();
    assertEquals(0, log.lines());
  }

  @Test
  void severalObserversHearTheSame() {
    List<String> heard = new CopyOnWriteArrayList<>();
    Observer first = outcome -> heard.add("first " + outcome.status());
    Observer second = outcome -> heard.add("second " + outcome.status());
    Observer both = Observer.all(first, second).onLoop();
    both.told(outcome(0, 0));
    assertEquals(List.of("first 200", "second 200"), heard);
    assertSame(first, Observer.all(first, Observer.NONE));
    assertSame(first, Observer.all(Observer.NONE, first));
    assertSame(Observer.NONE, Observer.all(Observer.NONE, Observer.NONE));
  }
}
