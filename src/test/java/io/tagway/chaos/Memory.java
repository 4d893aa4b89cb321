package io.tagway.chaos;

import io.tagway.testkit.Load;
import io.tagway.testkit.Proc;
import io.tagway.testkit.TagwayProcess;
import io.tagway.testkit.UpstreamProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** How much memory the router needs for large bodies, many idle connections and load. */
public final class Memory {
  private static final long GIB = 1L << 30;
  private static final int IDLE = 2_000;

  private Memory() {}

  /**
   * What was seen; memory in MiB.
   *
   * @param startMib before anything was asked
   * @param downMib the most while a body came down
   * @param upMib the most while a body went up
   * @param idleMib with the idle connections open
   * @param idleAnswered how many of them still answered afterwards
   * @param loadMib under load beside them
   */
  public record Result(
      long bytes,
      double startMib,
      double downMib,
      double upMib,
      double idleMib,
      int idleAnswered,
      double loadMib) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "resident MiB: start %.0f; download of %d MiB %.0f; upload %.0f; %d idle connections %.0f"
              + " (%d answered afterwards); 3,000 requests/s beside them %.0f",
          startMib,
          bytes >> 20,
          downMib,
          upMib,
          IDLE,
          idleMib,
          idleAnswered,
          loadMib);
    }
  }

  /** Prints the figures for bodies of 1 GiB. */
  public static void main(String[] args) throws Exception {
    System.out.println(run(GIB, Duration.ofSeconds(15)));
    System.exit(0);
  }

  /** Tries bodies of that many bytes, then idle connections, then load for that long. */
  public static Result run(long bytes, Duration load) throws Exception {
    try (UpstreamProcess upstream = UpstreamProcess.start("memory");
        TagwayProcess tagway =
            TagwayProcess.launch("http://127.0.0.1:" + upstream.port() + "/", "127.0.0.1:0")) {
      int port = tagway.proxyPort();
      long pid = tagway.pid();
      double start = mib(pid);
      double down = download(port, pid, bytes);
      double up = upload(port, pid, bytes);
      List<Socket> idle = new ArrayList<>();
      for (int i = 0; i < IDLE; i++) {
        idle.add(new Socket(InetAddress.getLoopbackAddress(), port));
      }
      double withIdle = mib(pid);
      double underLoad = load(port, pid, load);
      int answered = 0;
      for (Socket socket : idle) {
        answered += ask(socket).startsWith("HTTP/1.1 200 ") ? 1 : 0;
        socket.close();
      }
      return new Result(bytes, start, down, up, withIdle, answered, underLoad);
    }
  }

  private static double download(int port, long pid, long bytes) throws IOException {
    double most = 0;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      send(socket, "GET /bytes/" + bytes + " HTTP/1.1\r\nHost: m\r\n\r\n");
      InputStream in = socket.getInputStream();
      byte[] piece = new byte[64 << 10];
      long next = bytes / 64;
      for (long read = 0; read < bytes; ) {
        int n = in.read(piece);
        if (n < 0) {
          throw new IOException("the body ended after " + read + " bytes");
        }
        read += n;
        if (read > next) {
          most = Math.max(most, mib(pid));
          next += bytes / 64;
        }
      }
    }
    return most;
  }

  private static double upload(int port, long pid, long bytes) throws IOException {
    double most = 0;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      send(socket, "POST /count HTTP/1.1\r\nHost: m\r\nContent-Length: " + bytes + "\r\n\r\n");
      OutputStream out = socket.getOutputStream();
      byte[] piece = new byte[64 << 10];
      long next = bytes / 64;
      for (long sent = 0; sent < bytes; sent += piece.length) {
        out.write(piece, 0, (int) Math.min(piece.length, bytes - sent));
        if (sent > next) {
          most = Math.max(most, mib(pid));
          next += bytes / 64;
        }
      }
      String answer = text(socket);
      if (!answer.endsWith("\r\n" + bytes)) {
        throw new IOException("the upload was answered with " + answer);
      }
    }
    return most;
  }

  private static double load(int port, long pid, Duration time) {
    double most = 0;
    try (Load load = new Load(port, "/", 3_000, 64)) {
      long end = System.nanoTime() + time.toNanos();
      while (System.nanoTime() < end) {
        LockSupport.parkNanos(50_000_000);
        most = Math.max(most, mib(pid));
      }
      load.finish();
      if (!load.failures().isEmpty()) {
        throw new IllegalStateException("failed under load: " + load.failures());
      }
    }
    return most;
  }

  private static String ask(Socket socket) throws IOException {
    send(socket, "GET / HTTP/1.1\r\nHost: m\r\n\r\n");
    return text(socket);
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** What comes in one read; the answers here are smaller than that. */
  private static String text(Socket socket) throws IOException {
    byte[] piece = new byte[4096];
    int n = socket.getInputStream().read(piece);
    return n < 0 ? "" : new String(piece, 0, n, StandardCharsets.US_ASCII);
  }

  private static double mib(long pid) {
    try {
      return Proc.residentKib(pid) / 1024.0;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
