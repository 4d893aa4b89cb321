package io.tagway.proxy.tcp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.config.Proto;
import io.tagway.proxy.Front;
import io.tagway.proxy.Listener;
import io.tagway.route.RouteRequest;
import io.tagway.testkit.Hellos;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listener https+tcp+sni. */
class ServerNameSplitIT {
  private static TestCertificate outer;
  private static TestCertificate inner;

  @BeforeAll
  static void certificates(@TempDir Path directory) throws Exception {
    outer = TestCertificate.in(directory, "edge.test");
    inner = TestCertificate.in(directory, "db.test");
  }

  /** An HTTPS server of Vert.x that tells the client's address. */
  private static final class Https implements Listener {
    private final HttpServer server;

    Https(Vertx vertx) {
      server =
          vertx
              .createHttpServer(
                  new HttpServerOptions()
                      .setPort(0)
                      .setHost("127.0.0.1")
                      .setSsl(true)
                      .setUseAlpn(true)
                      .setKeyCertOptions(outer.options()))
              .requestHandler(
                  request ->
                      request
                          .response()
                          .end(request.version() + " " + request.remoteAddress().hostAddress()));
    }

    @Override
    public Future<Void> open() {
      return server.listen().mapEmpty();
    }

    @Override
    public Future<Void> drain(Duration limit) {
      return server.shutdown(limit);
    }

    @Override
    public int port() {
      return server.actualPort();
    }
  }

  private static TcpRouter start(UnaryOperator<TcpRouter.Wish> wish, String... routes) {
    return new TcpRouter()
        .open(
            (router, forwarding) -> {
              ServerNameSplit split =
                  new ServerNameSplit(
                      router.vertx,
                      wish.apply(TcpRouter.Wish.PLAIN).settings(Proto.HTTPS_TCP_SNI),
                      forwarding,
                      TcpRouter.HEADERS);
              Front front = split.front();
              return split.with(new Https(front.before(router.vertx)));
            },
            routes);
  }

  private static TestTarget tlsEcho() throws IOException {
    return TestTarget.start(
        client -> {
          try (SSLSocket tls = inner.server(client)) {
            tls.getInputStream().transferTo(tls.getOutputStream());
          }
        });
  }

  private static String get(SSLSocket client) throws IOException {
    client
        .getOutputStream()
        .write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
    String answer = new String(client.getInputStream().readAllBytes(), ISO_8859_1);
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  @Test
  void aNameWithATcpRouteIsPassedThrough() throws Exception {
    try (TestTarget target = tlsEcho();
        TcpRouter router = start(w -> w, "route add a db.test/ tcp://" + target.address());
        SSLSocket client = inner.client(router.connect(), "db.test")) {
      client.getOutputStream().write("hello".getBytes(ISO_8859_1));
      assertEquals("hello", new String(TestTarget.read(client.getInputStream(), 5), ISO_8859_1));
      assertEquals(1, router.counts.accepted.get());
    }
  }

  @Test
  void theOptionProtoCountsAsWell() throws Exception {
    try (TestTarget target = tlsEcho();
        TcpRouter router =
            start(
                w -> w,
                "route add a db.test/ https://" + target.address() + " opts \"proto=tcp\"");
        SSLSocket client = inner.client(router.connect(), "db.test")) {
      client.getOutputStream().write('x');
      assertEquals('x', client.getInputStream().read());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"edge.test", "nowhere.test", ""})
  void everythingElseIsHttps(String name) throws Exception {
    try (TcpRouter router =
            start(
                w -> w,
                "route add a db.test/ tcp://127.0.0.1:1",
                "route add b edge.test/ http://127.0.0.1:1/");
        SSLSocket client = outer.client(router.connect(), name)) {
      assertEquals("HTTP_1_1 127.0.0.1", get(client));
      assertEquals(0, router.counts.accepted.get());
      assertEquals(0, router.counts.noRoute.get());
    }
  }

  @Test
  void byteByByteItIsTheSame() throws Exception {
    try (TestTarget target = tlsEcho();
        TcpRouter router = start(w -> w, "route add a db.test/ tcp://" + target.address())) {
      try (SSLSocket client = inner.client(new Chopped(router.connect()), "db.test")) {
        client.getOutputStream().write('x');
        assertEquals('x', client.getInputStream().read());
      }
      try (SSLSocket client = outer.client(new Chopped(router.connect()), "edge.test")) {
        assertEquals("HTTP_1_1 127.0.0.1", get(client));
      }
    }
  }

  @Test
  void aProxyHeaderWorksOnBothSides() throws Exception {
    String header = "PROXY TCP4 1.2.3.4 5.6.7.8 1111 2222\r\n";
    try (TestTarget target = TestTarget.echo();
        TcpRouter router =
            start(
                TcpRouter.Wish::withProxyProtocol,
                "route add a db.test/ tcp://" + target.address() + " opts \"pxyproto=true\"")) {
      Socket socket = router.connect();
      socket.getOutputStream().write(header.getBytes(ISO_8859_1));
      try (SSLSocket client = outer.client(socket, "edge.test")) {
        assertEquals("HTTP_1_1 1.2.3.4", get(client));
      }
      try (Socket client = router.connect()) {
        client.getOutputStream().write(header.getBytes(ISO_8859_1));
        client.getOutputStream().write(Hellos.ofJdk("db.test"));
        assertEquals(
            header,
            new String(TestTarget.read(client.getInputStream(), header.length()), ISO_8859_1));
      }
      try (SSLSocket client = outer.client(router.connect(), "edge.test")) {
        assertEquals("HTTP_1_1 127.0.0.1", get(client));
      }
    }
  }

  /** Deciding moves no cursor that the request moves again. */
  @ParameterizedTest
  @ValueSource(strings = {"edge.test", "*.test"})
  void decidingForHttpsDoesNotTakeATurn(String host) throws Exception {
    try (TcpRouter router =
        start(
            w -> w,
            "route add a " + host + "/ http://127.0.0.1:1/",
            "route add b " + host + "/ http://127.0.0.1:2/")) {
      List<String> turns = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        try (SSLSocket client = outer.client(router.connect(), "edge.test")) {
          get(client);
          RouteRequest request = RouteRequest.of(true, "edge.test", "/");
          turns.add(router.table().lookup(request).service());
        }
      }
      assertEquals(List.of("a", "b", "a", "b"), turns);
    }
  }

  @Test
  void plainBytesAreLeftToTheHttpsSide() throws Exception {
    try (TcpRouter router = start(w -> w, "route add a db.test/ tcp://127.0.0.1:1");
        Socket client = router.connect()) {
      client.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(ISO_8859_1));
      byte[] said = client.getInputStream().readAllBytes();
      assertTrue(said.length == 0 || said[0] == 21, "nothing, or an alert");
    }
  }

  @Test
  void drainingWaitsForBothSides() throws Exception {
    try (TestTarget target = tlsEcho();
        TcpRouter router = start(w -> w, "route add a db.test/ tcp://" + target.address());
        Socket socket = router.connect()) {
      SSLSocket client = inner.client(socket, "db.test");
      client.getOutputStream().write('x');
      assertEquals('x', client.getInputStream().read());
      Future<Void> drained = router.listener().drain(Duration.ofSeconds(60));
      client.getOutputStream().write('y');
      assertEquals('y', client.getInputStream().read());
      assertEquals(false, drained.isComplete());
      socket.shutdownOutput();
      Await.until("drained", drained::isComplete);
    }
  }
}
