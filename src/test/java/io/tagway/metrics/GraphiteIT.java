package io.tagway.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** Graphite over TCP, when it does not go well. */
class GraphiteIT {
  private final Meters meters = Meters.silent();

  private GraphiteOutput output(int port, Duration limit) {
    return new GraphiteOutput(
        meters,
        MetricsSettings.names("fb"),
        new HostPort("127.0.0.1", port),
        limit,
        InstantSource.fixed(Instant.ofEpochSecond(9)));
  }

  @Test
  void linesThatDidNotArriveAreSentAgain() throws Exception {
    meters.counter(Families.NOT_FOUND).add(3);
    int port;
    try (ServerSocket closed = listen(1)) {
      port = closed.getLocalPort();
    }
    GraphiteOutput output = output(port, Duration.ofSeconds(5));
    assertThrows(IOException.class, output::send);
    meters.counter(Families.NOT_FOUND).add(4);
    try (ServerSocket server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      output.send();
      assertEquals("fb.notfound 3.000000 9\n", received(server));
      output.send();
      assertEquals("fb.notfound 4.000000 9\n", received(server));
    }
  }

  @Test
  void aServerThatDoesNotReadHoldsUpNoLongerThanTheLimit() throws Exception {
    Family wide = Family.gauge("wide", "Wide.", "label");
    for (int i = 0; i < 20_000; i++) {
      meters.gauge(wide, "x".repeat(1000) + i).increment();
    }
    try (ServerSocket server = listen(1)) {
      GraphiteOutput output = output(server.getLocalPort(), Duration.ofMillis(300));
      long start = System.nanoTime();
      assertThrows(SocketTimeoutException.class, output::send);
      assertTrue(System.nanoTime() - start < 10_000_000_000L);
    }
  }

  private static ServerSocket listen(int backlog) throws IOException {
    return new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
  }

  private static String received(ServerSocket server) throws IOException {
    try (Socket socket = server.accept()) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
