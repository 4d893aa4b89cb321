package io.tagway.testkit;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** An instance of a service as a process of its own, so that it can be stopped or killed. */
public final class UpstreamProcess implements AutoCloseable {
  private final Process process;
  private final int port;

  private UpstreamProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts an instance that answers every request with 200 and this name; listens when done. */
  public static UpstreamProcess start(String name) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                UpstreamProcess.class.getName(),
                name)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the instance " + name + " did not start");
    }
    return new UpstreamProcess(process, Integer.parseInt(line));
  }

  /**
   * The child's side; the only argument is the name. {@code /bytes/N} answers with a body of N
   * bytes, {@code /count} with the length of the request's body. A WebSocket gets its bytes back,
   * in messages of their own.
   */
  public static void main(String[] args) {
    String answer = args[0] + "\n";
    Vertx vertx = Vertx.vertx();
    vertx
        .createHttpServer()
        .webSocketHandler(socket -> socket.pipeTo(socket))
        .requestHandler(request -> answer(request, answer))
        .listen(0, "127.0.0.1")
        .onComplete(server -> System.out.println(server.actualPort()), failure -> System.exit(1));
  }

  private static void answer(HttpServerRequest request, String text) {
    if (request.path().startsWith("/bytes/")) {
      long bytes = Long.parseLong(request.path().substring("/bytes/".length()));
      request.response().putHeader("Content-Length", Long.toString(bytes));
      send(request.response(), Buffer.buffer(new byte[64 << 10]), bytes);
    } else if (request.path().equals("/count")) {
      long[] count = {0};
      request.handler(piece -> count[0] += piece.length());
      request.endHandler(end -> request.response().end(Long.toString(count[0])));
    } else {
      request.response().end(text);
    }
  }

  /** Writes as fast as the other side reads. */
  private static void send(HttpServerResponse response, Buffer piece, long left) {
    if (left <= piece.length()) {
      response.end(piece.slice(0, (int) left));
    } else {
      response.write(piece).onSuccess(written -> send(response, piece, left - piece.length()));
    }
  }

  public int port() {
    return port;
  }

  /** SIGTERM, and waits for the end. */
  public void stop() throws InterruptedException {
    process.destroy();
    process.waitFor(10, TimeUnit.SECONDS);
  }

  /** SIGKILL, and waits for the end. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
