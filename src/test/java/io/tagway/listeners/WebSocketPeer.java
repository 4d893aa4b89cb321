package io.tagway.listeners;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The ends of a WebSocket in Python: see {@code websocket/peer.py} of the test resources. */
final class WebSocketPeer implements AutoCloseable {
  /** Debian's, which has the library; another one that stands first on the PATH need not. */
  private static final String PYTHON = "/usr/bin/python3";

  private final Process server;
  private final String plain;
  private final String deflate;

  private WebSocketPeer(Process server, String plain, String deflate) {
    this.server = server;
    this.plain = plain;
    this.deflate = deflate;
  }

  private static ProcessBuilder script(String... arguments) {
    URL script = Objects.requireNonNull(WebSocketPeer.class.getResource("/websocket/peer.py"));
    try {
      ProcessBuilder builder = new ProcessBuilder(PYTHON, Path.of(script.toURI()).toString());
      builder.command().addAll(List.of(arguments));
      return builder;
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A server that sends every message back. */
  static WebSocketPeer echo() throws IOException {
    Process process = script("server").redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String ports = out.readLine();
    if (ports == null) {
      throw new IOException("peer.py server did not start");
    }
    int blank = ports.indexOf(' ');
    return new WebSocketPeer(
        process,
        "127.0.0.1:" + ports.substring(0, blank),
        "127.0.0.1:" + ports.substring(blank + 1));
  }

  /**
   * A client that sends so many MiB to the URL, a little to the compressed one; what it printed,
   * its errors too.
   */
  static String exchange(String url, String deflate, int mebibytes) throws IOException {
    Process client =
        script("client", url, deflate, Integer.toString(mebibytes))
            .redirectErrorStream(true)
            .start();
    return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Where messages are sent as they are. */
  String plain() {
    return plain;
  }

  /** Where they may be compressed. */
  String deflate() {
    return deflate;
  }

  @Override
  public void close() {
    server.destroyForcibly();
    server.onExit().join();
  }
}
