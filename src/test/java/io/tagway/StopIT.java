package io.tagway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import io.tagway.testkit.Eventually;
import io.tagway.testkit.HeldTarget;
import io.tagway.testkit.PlainClient;
import io.tagway.testkit.TagwayProcess;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stop does to whom, seen from outside the packed jar. */
class StopIT {
  @TempDir Path directory;

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Test
  void healthFailsAtOnceAndAllElseIsServedUntilTheGracePeriodIsOver() throws Exception {
    try (HeldTarget target = new HeldTarget();
        TagwayProcess tagway =
            start(target, "-proxy.deregistergraceperiod=1h", "-proxy.shutdownwait=1h")) {
      int admin = tagway.adminPort();
      assertEquals(200, status(admin, "/health"));

      tagway.terminate();

      Eventually.soon("health fails", () -> status(admin, "/health") == 503);
      assertEquals(200, status(admin, "/api/version"));
      target.release();
      assertEquals(200, status(tagway.proxyPort(), "/"));
    }
  }

  @Test
  void aStopEndsAlthoughSomebodyWroteOverTheJar() throws Exception {
    Path jar = Files.copy(TagwayProcess.jar(), directory.resolve("copy.jar"));
    try (HeldTarget target = new HeldTarget();
        TagwayProcess tagway =
            TagwayProcess.start(
                jar,
                List.of(),
                args("route add a / " + target.url(), "-log.access.target=stdout"),
                Map.of())) {
      target.release();
      assertEquals(200, status(tagway.proxyPort(), "/"));
      Files.write(jar, new byte[1_000_000]);

      tagway.terminate();

      assertEquals(0, tagway.exit(LIMIT));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"USR1", "USR2"})
  void signalsThatMeanNothingDoNothing(String signal) throws Exception {
    try (HeldTarget target = new HeldTarget();
        TagwayProcess tagway = start(target)) {
      target.release();
      int port = tagway.proxyPort();
      Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(tagway.pid())).start();
      assertEquals(0, kill.waitFor());
      assertEquals(200, status(port, "/"));
      tagway.terminate();
      assertEquals(0, tagway.exit(LIMIT));
    }
  }

  @Test
  void clientsAreToldWithTheirNextAnswerAndTheListenerIsClosedByThen() throws Exception {
    try (HeldTarget target = new HeldTarget();
        TagwayProcess tagway = start(target, "-proxy.shutdownwait=20s")) {
      target.release();
      int port = tagway.proxyPort();
      try (PlainClient idle = new PlainClient(port);
          PlainClient asking = new PlainClient(port)) {
        assertFalse(idle.get("/").contains("connection: close"));
        assertFalse(asking.get("/").contains("connection: close"));
        tagway.terminate();
        Eventually.soon("the listener is closed", () -> isClosed(port));

        String answer = asking.get("/");

        assertTrue(answer.startsWith("http/1.1 200 "), answer);
        assertTrue(answer.contains("\r\nconnection: close\r\n"), answer);
        assertTrue(asking.isClosed());
        assertTrue(idle.isClosed());
        // The client that said nothing has not held it up for the whole time.
        assertEquals(0, tagway.exit(Duration.ofSeconds(15)));
      }
    }
  }

  @Test
  void whatIsRunningMayFinish() throws Exception {
    try (HeldTarget target = new HeldTarget();
        TagwayProcess tagway = start(target, "-proxy.shutdownwait=1h");
        PlainClient client = new PlainClient(tagway.proxyPort())) {
      client.send("/");
      target.awaitRequests(1);
      tagway.terminate();
      Eventually.soon("the listener is closed", () -> isClosed(tagway.proxyPort()));

      target.release();

      String answer = client.answer();
      assertTrue(answer.startsWith("http/1.1 200 "), answer);
      assertTrue(answer.contains("\r\nconnection: close\r\n"), answer);
      assertEquals(0, tagway.exit(LIMIT));
    }
  }

  @Test
  void whatIsStillRunningAtTheLimitIsEnded() throws Exception {
    try (HeldTarget target = new HeldTarget();
        TagwayProcess tagway = start(target, "-proxy.shutdownwait=300ms");
        PlainClient request = new PlainClient(tagway.proxyPort());
        PlainClient tunnel = new PlainClient(tagway.proxyPort())) {
      tunnel.send("/tunnel", "Connection: Upgrade\r\nUpgrade: websocket\r\n");
      assertTrue(tunnel.answer().startsWith("http/1.1 101 "));
      request.send("/");
      target.awaitRequests(2);

      tagway.terminate();

      assertTrue(request.isClosed());
      assertTrue(tunnel.isClosed());
      assertEquals(0, tagway.exit(LIMIT));
    }
  }

  @Test
  void timesBelowZeroAreNone() throws Exception {
    try (HeldTarget target = new HeldTarget();
        TagwayProcess tagway =
            start(target, "-proxy.deregistergraceperiod=-1h", "-proxy.shutdownwait=-1h");
        PlainClient client = new PlainClient(tagway.proxyPort())) {
      client.send("/");
      target.awaitRequests(1);

      tagway.terminate();

      assertTrue(client.isClosed());
      assertEquals(0, tagway.exit(LIMIT));
      assertTrue(tagway.log().endsWith(" Down"), tagway::log);
    }
  }

  @Test
  void aTunnelOutlivesTheStopUntilItIsDone() throws Exception {
    try (HeldTarget target = new HeldTarget();
        TagwayProcess tagway = start(target, "-proxy.shutdownwait=1h");
        PlainClient tunnel = new PlainClient(tagway.proxyPort())) {
      tunnel.send("/tunnel", "Connection: Upgrade\r\nUpgrade: websocket\r\n");
      assertTrue(tunnel.answer().startsWith("http/1.1 101 "));
      tagway.terminate();
      Eventually.soon("the listener is closed", () -> isClosed(tagway.proxyPort()));

      tunnel.raw("ping");

      assertEquals("ping", tunnel.bytes(4));
      tunnel.end();
      assertEquals(0, tagway.exit(LIMIT));
    }
  }

  @Test
  void bytesOverTcpFlowUntilTheyAreDone() throws Exception {
    int port = freePort();
    try (ServerSocket service = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        TagwayProcess tagway =
            TagwayProcess.start(
                args(
                    "route add a :" + port + " tcp://127.0.0.1:" + service.getLocalPort(),
                    "-proxy.addr=127.0.0.1:" + port + ";proto=tcp",
                    "-proxy.shutdownwait=1h"))) {
      tagway.awaitLog("TCP proxy listening");
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
          Socket target = service.accept()) {
        tagway.terminate();
        Eventually.soon("the listener is closed", () -> isClosed(port));

        target.getOutputStream().write("still here".getBytes(StandardCharsets.US_ASCII));
        target.shutdownOutput();
        byte[] all = client.getInputStream().readAllBytes();
        client.shutdownOutput();

        assertEquals("still here", new String(all, StandardCharsets.US_ASCII));
        assertEquals(0, tagway.exit(LIMIT));
      }
    }
  }

  @Test
  void clientsThatSpeakHttp2GoAndLoseNothing() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (HeldTarget target = new HeldTarget();
        TagwayProcess tagway =
            TagwayProcess.start(
                args(
                    "route add a / " + target.url(),
                    "-proxy.addr=127.0.0.1:0;h2c=true",
                    "-proxy.shutdownwait=1h"))) {
      HttpClientAgent client =
          vertx.createHttpClient(
              new HttpClientOptions()
                  .setProtocolVersion(HttpVersion.HTTP_2)
                  .setHttp2ClearTextUpgrade(false));
      Future<HttpClientResponse> running =
          client
              .request(HttpMethod.GET, tagway.proxyPort(), "127.0.0.1", "/")
              .compose(HttpClientRequest::send);
      target.awaitRequests(1);

      tagway.terminate();
      Eventually.soon("the listener is closed", () -> isClosed(tagway.proxyPort()));
      target.release();

      HttpClientResponse response =
          running.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
      assertEquals(HttpVersion.HTTP_2, response.version());
      assertEquals(200, response.statusCode());
      assertEquals(0, tagway.exit(LIMIT));
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  @Test
  void theServiceManagerHearsOfReadinessAndStop() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    Path socket = directory.resolve("notify");
    try {
      new Bootstrap()
          .group(group)
          .channel(EpollDomainDatagramChannel.class)
          .handler(
              new SimpleChannelInboundHandler<DomainDatagramPacket>() {
                @Override
                protected void channelRead0(ChannelHandlerContext context, DomainDatagramPacket p) {
                  heard.add(p.content().toString(StandardCharsets.UTF_8));
                }
              })
          .bind(new DomainSocketAddress(socket.toString()))
          .sync();
      try (TagwayProcess tagway =
          TagwayProcess.start(List.of(), args(""), Map.of("NOTIFY_SOCKET", socket.toString()))) {
        assertEquals("READY=1\nMAINPID=" + tagway.pid(), heard.poll(30, TimeUnit.SECONDS));
        assertTrue(tagway.proxyPort() > 0);
        tagway.terminate();
        assertEquals("STOPPING=1", heard.poll(30, TimeUnit.SECONDS));
        assertEquals(0, tagway.exit(LIMIT));
      }
    } finally {
      group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }
  }

  @Test
  void aSecondSignalEndsItAtOnce() throws Exception {
    try (HeldTarget target = new HeldTarget();
        TagwayProcess tagway =
            start(target, "-proxy.deregistergraceperiod=1h", "-proxy.shutdownwait=1h");
        PlainClient client = new PlainClient(tagway.proxyPort())) {
      client.send("/");
      target.awaitRequests(1);
      tagway.terminate();
      tagway.awaitLog("Caught SIGTERM. Exiting");

      tagway.terminate();

      assertEquals(0, tagway.exit(LIMIT));
      assertTrue(tagway.log().contains("again. Ending at once"), tagway.log());
      assertTrue(client.isClosed());
    }
  }

  /** Whoever takes the lines is slow: more of them wait than a pipe holds. */
  @Test
  void whatWasAnsweredBeforeASecondSignalIsInTheAccessLog() throws Exception {
    int requests = 300;
    String path = "/" + "x".repeat(1000);
    try (HeldTarget target = new HeldTarget();
        TagwayProcess tagway =
            start(target, "-proxy.deregistergraceperiod=1h", "-log.access.target=stdout");
        PlainClient client = new PlainClient(tagway.proxyPort())) {
      target.release();
      tagway.terminate();
      tagway.awaitLog("Caught SIGTERM. Exiting");

      tagway.whileOutputIsHeld(
          () -> {
            for (int i = 0; i < requests; i++) {
              assertTrue(client.get(path).startsWith("http/1.1 200 "));
            }
            tagway.terminate();
            tagway.awaitLog("again. Ending at once");
          });

      assertEquals(0, tagway.exit(LIMIT));
      assertEquals(requests, tagway.output().lines().count());
    }
  }

  private static TagwayProcess start(HeldTarget target, String... more) throws IOException {
    return TagwayProcess.start(args("route add a / " + target.url(), more));
  }

  private static List<String> args(String routes, String... more) {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("-registry.backend", "static", "-registry.static.routes", routes));
    args.addAll(List.of("-proxy.addr", "127.0.0.1:0", "-ui.addr", "127.0.0.1:0"));
    args.addAll(List.of(more));
    return args;
  }

  private static int status(int port, String path) {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
              BodyHandlers.discarding())
          .statusCode();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /** Nobody listens there; asked without a connection, which somebody would have to serve. */
  private static boolean isClosed(int port) {
    try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return free.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
