package io.tagway.proxy.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A target of raw sockets that does what a script says, one thread for each connection. */
final class FakeTarget implements AutoCloseable {
  /** Serves one connection until it returns; then the connection is closed. */
  interface Script {
    void serve(RawConnection connection, int number) throws IOException;
  }

  private final ServerSocket server;
  private final Script script;
  private final List<RawConnection> open = new CopyOnWriteArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();
  final List<RawMessage> seen = new CopyOnWriteArrayList<>();

  FakeTarget(Script script) throws IOException {
    this(new ServerSocket(0, 512, InetAddress.getLoopbackAddress()), script);
  }

  FakeTarget(ServerSocket server, Script script) throws IOException {
    this.server = server;
    this.script = script;
    start("accept", this::accept);
  }

  /** Answers every request on every connection with this text. */
  static FakeTarget saying(String body) throws IOException {
    FakeTarget[] self = new FakeTarget[1];
    self[0] =
        new FakeTarget(
            (connection, number) -> {
              RawMessage request;
              while ((request = connection.request()) != null) {
                self[0].seen.add(request);
                connection.send(ok(body));
              }
            });
    return self[0];
  }

  static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  int port() {
    return server.getLocalPort();
  }

  String address() {
    return "127.0.0.1:" + port();
  }

  /** Connections accepted so far. */
  int accepted() {
    return accepted.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        TlsSockets.watch(socket);
        RawConnection connection = new RawConnection(socket);
        open.add(connection);
        int number = accepted.incrementAndGet();
        start("serve", () -> serve(connection, number));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(RawConnection connection, int number) {
    try (connection) {
      script.serve(connection, number);
    } catch (IOException broken) {
      // The router may close whenever it likes.
    }
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, "fake-target-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Dies as a killed process does: nothing listens, every connection is reset. */
  void kill() throws IOException {
    server.close();
    for (RawConnection connection : open) {
      connection.reset();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (RawConnection connection : open) {
      connection.close();
    }
  }
}
