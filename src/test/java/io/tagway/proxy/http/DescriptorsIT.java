package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.tagway.testkit.Eventually;
import io.tagway.testkit.Proc;
import io.tagway.testkit.TagwayProcess;
import io.tagway.testkit.TrustAll;
import io.tagway.testkit.UpstreamProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The packed router holds nothing open of what is over, however it ended. */
@SuppressWarnings("StringConcatToTextBlock") // where lines end is the point
class DescriptorsIT {
  private static final String GET = " HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n";
  private static final String UPGRADE =
      "GET /ws HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
          + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";

  /** A masked frame of text with five bytes, and the beginning of another. */
  private static final byte[] FRAMES = {
    (byte) 0x81, (byte) 0x85, 0, 0, 0, 0, 'h', 'e', 'l', 'l', 'o', (byte) 0x81, (byte) 0x90, 0, 0
  };

  private static final String HTTP = "127.0.0.1";
  private static final String TLS = "127.0.0.2";
  private static final String TCP = "127.0.0.3";
  private static final String CALLS = "127.0.0.4";

  @Test
  void theyReturnToWhatTheyWere() throws Exception {
    int bytes = freePort();
    int nobody = freePort();
    try (UpstreamProcess upstream = UpstreamProcess.start("up");
        GrpcService service = new GrpcService();
        TagwayProcess tagway = start(upstream, service, bytes, nobody)) {
      // They open beside each other, in no order.
      for (String listener : List.of(HTTP, TLS, TCP, CALLS)) {
        tagway.proxyPort(listener);
      }
      long sockets = Proc.tcpSockets(tagway.pid());
      // What a JVM opens once, and each event loop: libraries, a socket to ask name servers.
      for (int i = 0; i < 5; i++) {
        round(tagway, bytes);
      }
      assertBackTo(sockets, Long.MAX_VALUE, tagway);
      long all = tagway.descriptors();
      for (int i = 0; i < 10; i++) {
        round(tagway, bytes);
      }
      assertBackTo(sockets, all, tagway);
    }
  }

  private static TagwayProcess start(
      UpstreamProcess upstream, GrpcService service, int bytes, int nobody) throws IOException {
    String up = "127.0.0.1:" + upstream.port();
    return TagwayProcess.start(
        List.of(
            "-insecure",
            "-registry.backend=static",
            "-registry.static.routes="
                + String.join(
                    "\n",
                    "route add up / http://" + up + "/",
                    "route add nobody /nobody http://127.0.0.1:" + nobody + "/",
                    "route add bytes :" + bytes + " tcp://" + up,
                    "route add calls /test.Service/ grpc://" + service.address()),
            "-runtime.gomaxprocs=2",
            "-proxy.idleconntimeout=300ms",
            "-proxy.cs=cs=one;type=file;cert=src/test/resources/tls/both.pem",
            "-proxy.addr="
                + String.join(
                    ",",
                    HTTP + ":0;h2c=true",
                    TLS + ":0;cs=one",
                    TCP + ":" + bytes + ";proto=tcp",
                    CALLS + ":0;proto=grpc"),
            "-ui.addr=127.0.0.9:0"));
  }

  private static void assertBackTo(long sockets, long all, TagwayProcess tagway) {
    Eventually.within(Duration.ofSeconds(30))
        .await(
            sockets + " sockets of TCP and no more than " + all + " descriptors",
            () -> {
              try {
                return Proc.tcpSockets(tagway.pid()) <= sockets && tagway.descriptors() <= all;
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    assertEquals(sockets, sockets(tagway));
  }

  private static long sockets(TagwayProcess tagway) {
    try {
      return Proc.tcpSockets(tagway.pid());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void round(TagwayProcess tagway, int bytes) throws IOException {
    http1(tagway.proxyPort(HTTP));
    http2(tagway.proxyPort(HTTP));
    webSocket(tagway.proxyPort(HTTP));
    tls(tagway.proxyPort(TLS));
    tcp(bytes);
    calls(tagway.proxyPort(CALLS));
  }

  private static void http1(int port) throws IOException {
    try (RawConnection client = RawConnection.to(port)) {
      client.send("GET /" + GET);
      RawMessage answer = client.answer("GET");
      assertNotNull(answer);
      assertEquals("up\n", answer.body());
    }
    try (RawConnection client = RawConnection.to(port)) {
      client.send("GET /nobody" + GET);
      RawMessage answer = client.answer("GET");
      assertNotNull(answer);
      assertEquals(502, answer.status());
    }
    try (RawConnection client = RawConnection.to(port)) {
      client.send("GET /bytes/50000000" + GET);
      assertNotNull(client.head());
      client.reset();
    }
    try (RawConnection client = RawConnection.to(port)) {
      client.send("POST /count HTTP/1.1\r\nHost: a.test\r\nContent-Length: 1000000\r\n\r\npart");
    }
  }

  private static void http2(int port) {
    try (H2Peer client = H2Peer.to(port)) {
      assertEquals("up\n", client.ask(H2Peer.get("/")).body());
      assertEquals(502, client.ask(H2Peer.get("/nobody")).status());
      client.reset(client.open(H2Peer.get("/bytes/50000000"), true));
      client.next(client.open(H2Peer.get("/bytes/50000000"), true));
      client.open(H2Peer.headers("POST", "/count"), false);
    }
  }

  private static void webSocket(int port) throws IOException {
    try (RawConnection client = RawConnection.to(port)) {
      client.send(UPGRADE);
      RawMessage head = client.head();
      assertNotNull(head);
      assertEquals(101, head.status());
      client.send(FRAMES);
    }
    try (RawConnection client = RawConnection.to(port)) {
      client.send(UPGRADE);
      client.reset();
    }
  }

  private static void tls(int port) throws IOException {
    for (String path : List.of("/", "/bytes/50000000")) {
      try (Socket plain = new Socket(TLS, port);
          Socket socket =
              TrustAll.context().getSocketFactory().createSocket(plain, "a.test", 443, true)) {
        socket.getOutputStream().write(("GET " + path + GET).getBytes(StandardCharsets.US_ASCII));
        assertEquals('H', socket.getInputStream().read());
      }
    }
    try (Socket plain = new Socket(TLS, port)) {
      plain.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1});
    }
  }

  private static void tcp(int port) throws IOException {
    for (String path : List.of("/", "/bytes/50000000")) {
      try (Socket socket = new Socket(TCP, port)) {
        socket.getOutputStream().write(("GET " + path + GET).getBytes(StandardCharsets.US_ASCII));
        assertEquals('H', socket.getInputStream().read());
      }
    }
    new Socket(TCP, port).close();
  }

  private static void calls(int port) {
    ManagedChannel channel =
        Grpc.newChannelBuilder(CALLS + ":" + port, InsecureChannelCredentials.create()).build();
    try {
      byte[] answer =
          ClientCalls.blockingUnaryCall(
              channel, GrpcService.ECHO, CallOptions.DEFAULT, GrpcService.bytes("x"));
      assertEquals("x", GrpcService.text(answer));
      assertThrows(
          StatusRuntimeException.class,
          () ->
              ClientCalls.blockingUnaryCall(
                  channel, GrpcService.FAIL, CallOptions.DEFAULT, GrpcService.bytes("x")));
      ClientCall<byte[], byte[]> hanging = channel.newCall(GrpcService.HANG, CallOptions.DEFAULT);
      hanging.start(new ClientCall.Listener<>() {}, new Metadata());
      hanging.sendMessage(GrpcService.bytes("x"));
      hanging.cancel("the client leaves", null);
    } finally {
      channel.shutdownNow();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
