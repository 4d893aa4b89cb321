package io.tagway.proxy.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What a listener tcp costs in memory and descriptors; both are read from /proc. */
@EnabledOnOs(OS.LINUX)
class TcpLoadIT {
  private static final long MIB = 1 << 20;

  private static long residentMib() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
      }
    }
    throw new IOException("no VmRSS");
  }

  private static int descriptors() throws IOException {
    try (var files = Files.list(Path.of("/proc/self/fd"))) {
      return (int) files.count();
    }
  }

  private static void send(Socket to, long bytes) {
    try {
      byte[] piece = new byte[1 << 16];
      OutputStream out = to.getOutputStream();
      for (long left = bytes; left > 0; left -= piece.length) {
        out.write(piece);
      }
      to.shutdownOutput();
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  @Test
  void aGibibyteGoesBothWaysWithMemoryFlat() throws Exception {
    try (TestTarget target =
            TestTarget.start(
                client -> {
                  CompletableFuture<Void> sending =
                      CompletableFuture.runAsync(() -> send(client, 1024 * MIB));
                  client.getInputStream().transferTo(OutputStream.nullOutputStream());
                  sending.join();
                });
        TcpRouter router = TcpRouter.byPort("route add a :PORT tcp://" + target.address())) {
      exchange(router, 64 * MIB);
      long before = residentMib();
      exchange(router, 1024 * MIB);
      long after = residentMib();
      // Less than a tenth of what went through; the heap of these tests grows as it likes.
      assertTrue(after - before < 200, before + " MiB before, " + after + " MiB after");
    }
  }

  private static void exchange(TcpRouter router, long bytes) throws IOException {
    try (Socket client = router.connect()) {
      CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(client, bytes));
      assertEquals(1024 * MIB, client.getInputStream().transferTo(OutputStream.nullOutputStream()));
      sending.join();
    }
  }

  @Test
  void descriptorsReturnToTheBaseline() throws Exception {
    try (TestTarget target = TestTarget.echo();
        TcpRouter router = TcpRouter.byPort("route add a :PORT tcp://" + target.address())) {
      open(router, 10);
      Await.until("closed", () -> target.serving() == 0);
      int before = descriptors();
      open(router, 1000);
      Await.until("closed", () -> target.serving() == 0);
      Await.until(() -> "back to " + before, () -> count() <= before);
      assertEquals(1010, router.counts.accepted.get());
    }
  }

  private static int count() {
    try {
      return descriptors();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void open(TcpRouter router, int count) throws IOException {
    List<Socket> clients = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        Socket client = router.connect();
        clients.add(client);
        client.getOutputStream().write(i);
      }
      for (int i = 0; i < count; i++) {
        assertEquals(i & 0xff, clients.get(i).getInputStream().read());
      }
    } finally {
      for (int i = 0; i < clients.size(); i++) {
        Socket client = clients.get(i);
        if (i % 3 == 0) {
          client.setSoLinger(true, 0);
        } else if (i % 3 == 1) {
          client.shutdownOutput();
        }
        client.close();
      }
    }
  }
}
