package io.tagway.bgp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.bgp.MessageStream.Found;
import io.tagway.config.Settings.BgpPeer;
import io.tagway.testkit.Until;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The speaker against bare sockets, where bytes and closings matter. */
class BgpSpeakerIT {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Open OPEN = Open.of(65001, 90, 0x7f000009L);

  private final Vertx vertx = Vertx.vertx();
  private final List<BgpSpeaker> speakers = new ArrayList<>();

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  @AfterEach
  void stopAll() {
    speakers.forEach(speaker -> await(speaker.stop(LIMIT)));
    await(vertx.close());
  }

  private BgpSpeaker started(BgpSettings settings) {
    BgpSpeaker speaker = new BgpSpeaker(vertx, settings.build());
    speakers.add(speaker);
    await(speaker.start());
    return speaker;
  }

  private static Socket connect(String from, int port) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(from, 0));
    socket.connect(new InetSocketAddress("127.0.0.2", port), 5_000);
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static void send(Socket socket, BgpMessage message) throws IOException {
    socket.getOutputStream().write(message.encode().getBytes());
  }

  private static List<BgpMessage> readToEnd(Socket socket) throws IOException {
    List<BgpMessage> messages = new ArrayList<>();
    new MessageStream()
        .feed(
            Buffer.buffer(socket.getInputStream().readAllBytes()),
            found -> messages.add(assertInstanceOf(Found.Message.class, found).message()));
    return messages;
  }

  @Test
  void aStrangerIsRefusedWithoutAWord() throws IOException {
    int port = Daemon.freePort("127.0.0.2");
    started(new BgpSettings().listenPort(port));
    try (Socket socket = connect("127.0.0.77", port)) {
      assertEquals(List.of(), readToEnd(socket));
    }
  }

  @Test
  void aPeerMayConnectAndIsToldTheEnd() throws IOException {
    int port = Daemon.freePort("127.0.0.2");
    BgpSpeaker speaker = started(new BgpSettings().listenPort(port));
    await(speaker.announce());
    try (Socket socket = connect("127.0.0.9", port)) {
      send(socket, OPEN);
      send(socket, new KeepAlive());
      Until.holds(
          "the session", () -> speaker.status().peers().get(0).state() == PeerState.ESTABLISHED);
      // Unread bytes here must not turn the farewell into a reset.
      send(socket, new KeepAlive());
      await(speaker.stop(LIMIT));
      List<BgpMessage> messages = readToEnd(socket);
      assertEquals(
          List.of("Open", "KeepAlive", "Update", "Update", "Notification"),
          messages.stream().map(message -> message.getClass().getSimpleName()).toList());
      assertEquals(Notification.shutdown("Tagway is stopping"), messages.get(messages.size() - 1));
    }
  }

  @Test
  void garbageIsAnsweredAndTheConnectionEnds() throws IOException {
    int port = Daemon.freePort("127.0.0.2");
    started(new BgpSettings().listenPort(port));
    try (Socket socket = connect("127.0.0.9", port)) {
      socket
          .getOutputStream()
          .write(
              "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
                  .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      List<BgpMessage> messages = readToEnd(socket);
      assertEquals(Notification.notSynchronized(), messages.get(1));
    }
  }

  @Test
  void aPortThatIsTakenIsAClearError() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"))) {
      BgpSpeaker speaker =
          new BgpSpeaker(vertx, new BgpSettings().listenPort(taken.getLocalPort()).build());
      CompletionException failure =
          assertThrows(CompletionException.class, () -> await(speaker.start()));
      BgpRefused cause = assertInstanceOf(BgpRefused.class, failure.getCause());
      String text = String.valueOf(cause.getMessage());
      assertTrue(text.startsWith("BGP cannot listen on 127.0.0.2:" + taken.getLocalPort()), text);
      await(speaker.stop(LIMIT));
    }
  }

  @Test
  void aPasswordWithoutTheNativeTransportIsRefused() {
    Plan plan =
        PlanReader.read(
            new BgpSettings().peers(new BgpPeer("127.0.0.9", 0, 65001, false, 2, "x")).build());
    BgpRefused refused = assertThrows(BgpRefused.class, () -> new BgpSpeaker(vertx, plan, false));
    assertTrue(String.valueOf(refused.getMessage()).contains("has a password"));
  }

  @Test
  void withoutTheNativeTransportASessionStandsAllTheSame() throws IOException {
    int port = Daemon.freePort("127.0.0.2");
    Plan plan = PlanReader.read(new BgpSettings().listenPort(port).build());
    BgpSpeaker speaker = new BgpSpeaker(vertx, plan, false);
    speakers.add(speaker);
    await(speaker.start());
    try (Socket socket = connect("127.0.0.9", port)) {
      send(socket, OPEN);
      send(socket, new KeepAlive());
      Until.holds(
          "the session", () -> speaker.status().peers().get(0).state() == PeerState.ESTABLISHED);
    }
  }

  @Test
  void stoppingDoesNotWaitForAPeerThatDoesNotClose() throws IOException {
    int port = Daemon.freePort("127.0.0.2");
    BgpSpeaker speaker = started(new BgpSettings().listenPort(port));
    try (Socket socket = connect("127.0.0.9", port)) {
      send(socket, OPEN);
      send(socket, new KeepAlive());
      Until.holds(
          "the session", () -> speaker.status().peers().get(0).state() == PeerState.ESTABLISHED);
      await(speaker.stop(Duration.ofMillis(200)));
      assertEquals(PeerState.IDLE, speaker.status().peers().get(0).state());
      assertThrows(IOException.class, () -> connect("127.0.0.9", port).close());
    }
  }
}
