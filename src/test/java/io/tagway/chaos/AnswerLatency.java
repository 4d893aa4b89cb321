package io.tagway.chaos;

import io.tagway.registry.bench.Change;
import io.tagway.registry.bench.ChangeLatency;
import io.tagway.testkit.ConsulProcess;
import io.tagway.testkit.TagwayProcess;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How long a change in the catalog takes until it shows in the answers of a router that runs as
 * users start it, and what the change costs Consul.
 */
public final class AnswerLatency {
  private static final int ROUNDS = 20;
  private static final int WARM_UP_FROM = 3_000;
  private static final int WARM_UP = 10;

  private AnswerLatency() {}

  /** Prints a table for 10 and 2,000 services, or for the numbers given. */
  public static void main(String[] counts) throws IOException {
    for (String count : counts.length == 0 ? new String[] {"10", "2000"} : counts) {
      run(Integer.parseInt(count), System.out);
    }
    System.exit(0);
  }

  /** The medians in milliseconds, by the name of the change. */
  static List<ChangeLatency.Result> run(int services, PrintStream out) throws IOException {
    Vertx vertx = Vertx.vertx();
    try (ConsulProcess consul = ConsulProcess.dev()) {
      serve(vertx);
      Change.Catalog.fill(consul, services);
      try (TagwayProcess tagway = TagwayProcess.launch(consul);
          Asker asker = new Asker(tagway.proxyPort())) {
        return measure(services, out, new ChangeLatency(consul), asker);
      }
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private static List<ChangeLatency.Result> measure(
      int services, PrintStream out, ChangeLatency latency, Asker asker) {
    ChangeLatency.View answers = step -> asker.seen(step.source()).equals(ports(step));
    for (Change change : Change.ofOneService()) {
      latency.measure(change, answers, WARM_UP_FROM, WARM_UP);
    }
    out.printf(
        Locale.ROOT,
        "%n%,d services, seen in answers%n%-24s %9s %9s %14s%n",
        services,
        "change",
        "median ms",
        "worst ms",
        "consul CPU ms");
    List<ChangeLatency.Result> results = new ArrayList<>();
    for (Change change : Change.ofOneService()) {
      ChangeLatency.Result result = latency.measure(change, answers, 0, ROUNDS);
      results.add(result);
      out.printf(
          Locale.ROOT,
          "%-24s %9.1f %9.1f %14.1f%n",
          change.name(),
          result.medianMillis(),
          result.worstMillis(),
          result.cpuMillis());
    }
    return results;
  }

  /** Answers with its own port on every port that a change leads to. */
  private static void serve(Vertx vertx) {
    IntStream.concat(
            IntStream.of(7000, 7001),
            IntStream.concat(
                IntStream.range(7100, 7100 + ROUNDS),
                IntStream.range(7100 + WARM_UP_FROM, 7100 + WARM_UP_FROM + WARM_UP)))
        .forEach(
            port ->
                vertx
                    .createHttpServer()
                    .requestHandler(request -> request.response().end(Integer.toString(port)))
                    .listen(port, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join());
  }

  private static Set<String> ports(Change.Step step) {
    return Set.copyOf(
        step.destinations().stream().map(url -> url.replaceAll(".*:(\\d+)/$", "$1")).toList());
  }

  /** One keep-alive connection to the router. */
  private static final class Asker implements AutoCloseable {
    private final Socket socket;

    Asker(int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
    }

    /** The port that answers for a path; none if there is no route. */
    Set<String> seen(String path) {
      try {
        String request = "GET " + path + " HTTP/1.1\r\nHost: latency.test\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String head = head(socket.getInputStream());
        int length = Integer.parseInt(head.replaceAll("(?is).*content-length: *(\\d+).*", "$1"));
        String body =
            new String(socket.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
        return head.startsWith("HTTP/1.1 200 ") ? Set.of(body) : Set.of();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static String head(InputStream in) throws IOException {
      StringBuilder text = new StringBuilder();
      while (text.length() < 4 || !text.substring(text.length() - 4).equals("\r\n\r\n")) {
        int next = in.read();
        if (next < 0) {
          throw new IOException("the connection ended within a head");
        }
        text.append((char) next);
      }
      return text.toString();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
