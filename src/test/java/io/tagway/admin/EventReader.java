package io.tagway.admin;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** Reads server-sent events from a plain socket; a read that waits too long fails. */
final class EventReader implements AutoCloseable {
  /** One event. */
  record Event(String name, JsonObject data) {}

  private final Socket socket = new Socket();
  private final BufferedReader lines;

  EventReader(int port) throws IOException {
    socket.setReceiveBufferSize(1 << 16);
    socket.setSoTimeout(10_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    String head = "GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 1 << 16);
  }

  /** The status of the answer, e.g. 200. */
  int status() throws IOException {
    return Integer.parseInt(line().split(" ")[1]);
  }

  /** The next event; chunk sizes and other lines between are passed over. */
  Event next() throws IOException {
    String name = "";
    while (true) {
      String line = line();
      if (line.startsWith("event: ")) {
        name = line.substring("event: ".length());
      } else if (line.startsWith("data: ")) {
        return new Event(name, new JsonObject(line.substring("data: ".length())));
      }
    }
  }

  Event next(Predicate<Event> wanted) throws IOException {
    while (true) {
      Event event = next();
      if (wanted.test(event)) {
        return event;
      }
    }
  }

  /** Reads to the end of the stream; fails if it does not come. */
  void readToEnd() throws IOException {
    while (!line().equals("0")) {
      // what stands before the last chunk does not matter here
    }
  }

  private String line() throws IOException {
    String line = lines.readLine();
    if (line == null) {
      throw new IOException("the stream ended");
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
