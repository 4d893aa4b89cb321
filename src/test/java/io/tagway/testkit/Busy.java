package io.tagway.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;

/** Connections that send one request after the other and must never break. */
public final class Busy implements AutoCloseable {
  private final AtomicReference<Throwable> broken = new AtomicReference<>();
  private final AtomicLongArray answers;
  private final List<Thread> threads = new ArrayList<>();
  private final String answer;
  private volatile boolean stopped;

  /**
   * Opens so many connections, all of which have had an answer.
   *
   * @param answer the line of an answer that shows it is whole
   */
  public Busy(int port, int connections, String answer) {
    this.answer = answer;
    answers = new AtomicLongArray(connections);
    for (int i = 0; i < connections; i++) {
      int own = i;
      Thread thread = new Thread(() -> run(port, own), "busy-" + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
    awaitProgress();
  }

  /** Waits until each connection has had ten more answers. */
  public void awaitProgress() {
    long[] before = new long[answers.length()];
    for (int i = 0; i < before.length; i++) {
      before[i] = answers.get(i);
    }
    Eventually.within(Duration.ofSeconds(60))
        .await(
            "every connection goes on",
            () -> {
              assertUnbroken();
              for (int i = 0; i < before.length; i++) {
                if (answers.get(i) < before[i] + 10) {
                  return false;
                }
              }
              return true;
            });
  }

  public void assertUnbroken() {
    Throwable cause = broken.get();
    if (cause != null) {
      throw new AssertionError("a connection broke", cause);
    }
  }

  /** A connection of the JDK that trusts everybody. */
  public static Socket socket(int port) throws IOException {
    return TrustAll.context()
        .getSocketFactory()
        .createSocket(InetAddress.getLoopbackAddress(), port);
  }

  private void run(int port, int own) {
    try (Socket socket = socket(port)) {
      socket.setSoTimeout(30_000);
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      byte[] request =
          "GET /x HTTP/1.1\r\nHost: a.test\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
      while (!stopped) {
        socket.getOutputStream().write(request);
        for (String line = in.readLine(); !answer.equals(line); line = in.readLine()) {
          if (line == null) {
            throw new IOException("closed by the server");
          }
        }
        answers.incrementAndGet(own);
        // Busy, but not so busy that a hundred of them leave nothing for the handshakes.
        Thread.sleep(5);
      }
    } catch (IOException | InterruptedException e) {
      if (!stopped) {
        broken.compareAndSet(null, e);
      }
    }
  }

  @Override
  public void close() {
    stopped = true;
    for (Thread thread : threads) {
      try {
        thread.join(10_000);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    assertUnbroken();
  }
}
