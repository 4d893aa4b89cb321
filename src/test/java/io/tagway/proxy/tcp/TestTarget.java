package io.tagway.proxy.tcp;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A target on a free port of this machine, with a thread for each connection. */
final class TestTarget implements Closeable {
  /** What it does with a connection, which is closed afterwards. */
  @FunctionalInterface
  interface Talk {
    void with(Socket client) throws IOException;
  }

  private final ServerSocket server;
  private final AtomicInteger accepted = new AtomicInteger();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  private TestTarget(ServerSocket server, Talk talk) {
    this.server = server;
    Thread thread = new Thread(() -> accept(talk), "target");
    thread.setDaemon(true);
    thread.start();
  }

  static TestTarget start(Talk talk) throws IOException {
    return new TestTarget(new ServerSocket(0, 4096, InetAddress.getLoopbackAddress()), talk);
  }

  static TestTarget start(ServerSocket server, Talk talk) {
    return new TestTarget(server, talk);
  }

  /** Sends back what it gets, until the end of that. */
  static TestTarget echo() throws IOException {
    return start(client -> client.getInputStream().transferTo(client.getOutputStream()));
  }

  /** Says its name to each client, and then nothing. */
  static TestTarget named(String name) throws IOException {
    return start(
        client -> client.getOutputStream().write(name.getBytes(StandardCharsets.US_ASCII)));
  }

  private void accept(Talk talk) {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        accepted.incrementAndGet();
        open.add(client);
        Thread thread = new Thread(() -> serve(client, talk), "target connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        // closed
      }
    }
  }

  private void serve(Socket client, Talk talk) {
    try (client) {
      talk.with(client);
    } catch (IOException e) {
      // what tests look at is the other side
    } finally {
      open.remove(client);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** {@code 127.0.0.1:PORT}. */
  String address() {
    return "127.0.0.1:" + port();
  }

  int accepted() {
    return accepted.get();
  }

  /** Connections that are being served. */
  int serving() {
    return open.size();
  }

  static byte[] read(InputStream in, int bytes) {
    try {
      byte[] read = in.readNBytes(bytes);
      if (read.length != bytes) {
        throw new AssertionError("ended after " + read.length + " of " + bytes + " bytes");
      }
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket client : open) {
      client.close();
    }
  }
}
