package io.tagway.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.testkit.Hellos;
import io.tagway.testkit.LogCapture;
import io.tagway.testkit.SClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever comes in ends in a close, without a word in the log and without harm to others. */
class BadClientsIT {
  private static final int ALERT = 21;

  private final LogCapture log = new LogCapture();

  @AfterEach
  void nobodyWasAlarmed() {
    log.close();
    assertEquals(List.of(), log.alarms());
  }

  private static TlsTestServer open(TlsEngine engine) {
    return TlsTestServer.http(Fixtures.listener(Fixtures.file("a")).strictMatch(), engine);
  }

  /** Sends the bytes and gives what comes back until the server closes. */
  private static byte[] exchange(TlsTestServer server, byte[] bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(15_000);
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return socket.getInputStream().readAllBytes();
    }
  }

  private static void assertStillServes(TlsTestServer server) {
    String output = SClient.get(server.port(), "-servername", "a.test");
    assertTrue(output.contains("HTTP_1_1 /x"), output);
  }

  @ParameterizedTest
  @EnumSource(TlsEngine.class)
  void plainHttpIsExplained(TlsEngine engine) throws IOException {
    try (TlsTestServer server = open(engine)) {
      byte[] answer =
          exchange(
              server, "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertEquals(
          "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n",
          new String(answer, StandardCharsets.US_ASCII));
      assertStillServes(server);
    }
  }

  @ParameterizedTest
  @EnumSource(TlsEngine.class)
  void garbageIsClosed(TlsEngine engine) throws IOException {
    Random random = new Random(8);
    try (TlsTestServer server = open(engine)) {
      for (int i = 0; i < 20; i++) {
        byte[] garbage = new byte[200];
        random.nextBytes(garbage);
        if (garbage[0] == 'G') {
          continue;
        }
        if (i % 2 == 0) {
          // Looks like a record with a handshake.
          garbage[0] = 22;
          garbage[1] = 3;
          garbage[2] = 1;
          garbage[3] = 0;
          garbage[4] = 100;
        }
        try {
          exchange(server, garbage);
        } catch (IOException reset) {
          // A close while bytes are unread is a reset; as good.
          assertTrue(String.valueOf(reset.getMessage()).contains("reset"), reset.toString());
        }
      }
      assertStillServes(server);
    }
  }

  @ParameterizedTest
  @EnumSource(TlsEngine.class)
  void anOversizedClientHelloGetsAnAlert(TlsEngine engine) throws IOException {
    // A ClientHello of 8 MiB, of which the first record is here.
    byte[] record = new byte[5 + 16_000];
    record[0] = 22;
    record[1] = 3;
    record[2] = 1;
    record[3] = (byte) (16_000 >> 8);
    record[4] = (byte) (16_000 & 0xff);
    record[5] = 1;
    record[6] = (byte) 0x80;
    try (TlsTestServer server = open(engine)) {
      byte[] answer = exchange(server, record);
      assertEquals(ALERT, answer[0]);
      assertStillServes(server);
    }
  }

  @Test
  void aClientThatSaysNothingIsClosed() throws Exception {
    try (TlsTestServer server = open(TlsEngine.best())) {
      long start = System.nanoTime();
      assertEquals(0, exchange(server, new byte[] {22, 3, 1}).length);
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
      assertTrue(seconds >= 9 && seconds < 13, seconds + " seconds");
      assertStillServes(server);
    }
  }

  @Test
  void aClientThatGoesAwayInTheMiddleIsForgotten() throws Exception {
    try (TlsTestServer server = open(TlsEngine.best())) {
      byte[] hello = Hellos.ofJdk("a.test");
      for (int i = 0; i < 20; i++) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
          socket.getOutputStream().write(hello, 0, hello.length * i / 20);
        }
      }
      assertStillServes(server);
    }
  }
}
