package io.tagway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tagway.testkit.Eventually;
import io.tagway.testkit.HeldTarget;
import io.tagway.testkit.TagwayProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that ask for much memory get none of the others', with the memory the launcher gives. */
class MemoryLimitsIT {
  private static final int CLIENTS = 150;

  @ParameterizedTest
  @ValueSource(strings = {"", ";h2c=true"})
  void largeHeadsOfManyClientsLeaveMemoryForOthers(String more) throws Exception {
    // One line is five bytes on the wire, and an entry with two strings in memory.
    byte[] lines = "a: \r\n".repeat(50_000).getBytes(StandardCharsets.US_ASCII);
    List<Socket> clients = new ArrayList<>();
    try (HeldTarget target = new HeldTarget();
        TagwayProcess tagway = TagwayProcess.launch(target.url(), "127.0.0.1:0" + more)) {
      target.release();
      int port = tagway.proxyPort();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(sending(port, lines));
      }
      assertEquals("HTTP/1.1 200 OK", asked(port));
      Eventually.soon(
          "a client is refused", () -> clients.stream().anyMatch(MemoryLimitsIT::isRefused));
      assertEquals("HTTP/1.1 200 OK", asked(port), tagway.log());
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  private static Socket sending(int port, byte[] lines) throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
    client.setSoTimeout(50);
    try {
      client
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: a.test\r\n".getBytes(StandardCharsets.US_ASCII));
      client.getOutputStream().write(lines, 0, 250_000);
    } catch (SocketException refused) {
      // It was told so, or will be.
    }
    return client;
  }

  private static boolean isRefused(Socket client) {
    try {
      byte[] start = client.getInputStream().readNBytes(12);
      return new String(start, StandardCharsets.US_ASCII).equals("HTTP/1.1 431");
    } catch (IOException nothing) {
      return false;
    }
  }

  private static String asked(int port) throws IOException {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      client.setSoTimeout(20_000);
      client
          .getOutputStream()
          .write(
              "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .findFirst()
          .orElse("");
    }
  }
}
