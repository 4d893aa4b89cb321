package io.tagway.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A target of bytes: each connection is served by a thread of its own. */
public final class SocketTarget implements AutoCloseable {
  /** What it does with a connection, which is closed afterwards. */
  public interface Talk {
    void serve(Socket socket) throws IOException;
  }

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

  public SocketTarget(Talk talk) throws IOException {
    thread(
        () -> {
          while (true) {
            Socket socket = server.accept();
            thread(
                () -> {
                  try (socket) {
                    talk.serve(socket);
                  }
                });
          }
        });
  }

  /**
   * Greets before the client has said a word, reads to the end of what it says, and answers with
   * that: what a database and a program that pipes into it do.
   */
  public static SocketTarget greeting() throws IOException {
    return new SocketTarget(
        socket -> {
          socket.getOutputStream().write("hello\n".getBytes(US_ASCII));
          byte[] said = socket.getInputStream().readAllBytes();
          socket.getOutputStream().write(said);
        });
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void thread(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException closed) {
                // The test is over, or the client gone.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  public String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  public int port() {
    return server.getLocalPort();
  }

  /** A port that nothing listens on, though another program could take it. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
