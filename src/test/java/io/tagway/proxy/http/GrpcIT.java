package io.tagway.proxy.http;

import static io.tagway.proxy.http.GrpcService.COUNT;
import static io.tagway.proxy.http.GrpcService.ECHO;
import static io.tagway.proxy.http.GrpcService.FAIL;
import static io.tagway.proxy.http.GrpcService.HANG;
import static io.tagway.proxy.http.GrpcService.SUM;
import static io.tagway.proxy.http.GrpcService.TALK;
import static io.tagway.proxy.http.GrpcService.bytes;
import static io.tagway.proxy.http.GrpcService.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCredentials;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.tagway.proxy.Observer;
import io.tagway.tls.UpstreamTls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls of grpc-java through a listener of gRPC to a server of grpc-java. */
class GrpcIT {
  private static final Metadata.Key<String> DST_HOST =
      Metadata.Key.of("dsthost", Metadata.ASCII_STRING_MARSHALLER);

  private static TestRouter router(String routes, String... args) {
    List<String> all = new ArrayList<>(List.of("-proxy.addr", "127.0.0.1:0;proto=grpc"));
    all.addAll(List.of(args));
    return TestRouter.start(routes, all.toArray(String[]::new));
  }

  private static TestRouter router(GrpcService service, String... args) {
    return router("route add a /test.Service/ grpc://" + service.address(), args);
  }

  /** A channel that ends with the test. */
  private record Client(ManagedChannel channel) implements AutoCloseable {
    static Client of(TestRouter router) {
      return new Client(
          Grpc.newChannelBuilder("127.0.0.1:" + router.port(), InsecureChannelCredentials.create())
              .maxInboundMessageSize(64 << 20)
              .build());
    }

    @Override
    public void close() {
      channel.shutdownNow();
    }
  }

  private static byte[] unary(
      Channel channel, MethodDescriptor<byte[], byte[]> method, byte[] message) {
    return ClientCalls.blockingUnaryCall(
        channel, method, CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS), message);
  }

  private static StatusRuntimeException failure(
      Channel channel, MethodDescriptor<byte[], byte[]> method, byte[] message) {
    return assertThrows(StatusRuntimeException.class, () -> unary(channel, method, message));
  }

  private static void assertStatus(
      Status.Code code, String description, StatusRuntimeException failure) {
    assertEquals(code, failure.getStatus().getCode(), failure.toString());
    String got = failure.getStatus().getDescription();
    assertTrue(got != null && got.contains(description), failure.toString());
  }

  /** What a call answers, in order, and how it ends. */
  private static final class Answers implements StreamObserver<byte[]> {
    final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
    final CompletableFuture<Status> end = new CompletableFuture<>();

    @Override
    public void onNext(byte[] message) {
      messages.add(message);
    }

    @Override
    public void onError(Throwable thrown) {
      end.complete(Status.fromThrowable(thrown));
    }

    @Override
    public void onCompleted() {
      end.complete(Status.OK);
    }

    String next() throws InterruptedException {
      byte[] message = messages.poll(10, TimeUnit.SECONDS);
      assertNotNull(message, "no message");
      return text(message);
    }

    Status end() throws Exception {
      return end.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void allFormsOfCallsPass() throws Exception {
    try (GrpcService service = new GrpcService();
        TestRouter router = router(service);
        Client client = Client.of(router)) {
      assertEquals("hello", text(unary(client.channel, ECHO, bytes("hello"))));
      assertEquals("", text(unary(client.channel, ECHO, bytes(""))));

      Iterator<byte[]> counted =
          ClientCalls.blockingServerStreamingCall(
              client.channel, COUNT, CallOptions.DEFAULT, bytes("500"));
      int messages = 0;
      while (counted.hasNext()) {
        assertEquals("no " + (500 - messages++), text(counted.next()));
      }
      assertEquals(500, messages);

      Answers summed = new Answers();
      StreamObserver<byte[]> summing =
          ClientCalls.asyncClientStreamingCall(
              client.channel.newCall(SUM, CallOptions.DEFAULT), summed);
      for (int i = 0; i < 500; i++) {
        summing.onNext(new byte[1000]);
      }
      summing.onCompleted();
      assertEquals("500000", summed.next());
      assertEquals(Status.Code.OK, summed.end().getCode());

      Answers said = new Answers();
      StreamObserver<byte[]> talking =
          ClientCalls.asyncBidiStreamingCall(
              client.channel.newCall(TALK, CallOptions.DEFAULT), said);
      for (int i = 0; i < 100; i++) {
        talking.onNext(bytes("word " + i));
        assertEquals("word " + i, said.next());
      }
      talking.onCompleted();
      assertEquals(Status.Code.OK, said.end().getCode());
    }
  }

  @Test
  void metadataPassesBothWays() throws Exception {
    try (GrpcService service = new GrpcService();
        TestRouter router = router(service);
        Client client = Client.of(router)) {
      Metadata sent = new Metadata();
      sent.put(GrpcService.TEXT, "some text");
      sent.put(GrpcService.BYTES, new byte[] {0, 10, (byte) 200});
      AtomicReference<Metadata> headers = new AtomicReference<>();
      AtomicReference<Metadata> trailers = new AtomicReference<>();
      Channel channel =
          ClientInterceptors.intercept(
              client.channel,
              MetadataUtils.newAttachHeadersInterceptor(sent),
              MetadataUtils.newCaptureMetadataInterceptor(headers, trailers));
      assertEquals("x", text(unary(channel, ECHO, bytes("x"))));
      Metadata seen = service.metadata.get(0);
      assertEquals("some text", seen.get(GrpcService.TEXT));
      assertArrayEquals(new byte[] {0, 10, (byte) 200}, seen.get(GrpcService.BYTES));
      Metadata back = headers.get();
      assertNotNull(back);
      assertEquals("some text", back.get(GrpcService.TEXT));
      assertArrayEquals(new byte[] {0, 10, (byte) 200}, back.get(GrpcService.BYTES));
      assertEquals(service.address(), service.authorities.get(0));
    }
  }

  @Test
  void headersOfAnAnswerComeBeforeItsFirstMessage() throws Exception {
    try (GrpcService service = new GrpcService();
        TestRouter router = router(service);
        Client client = Client.of(router)) {
      Metadata sent = new Metadata();
      sent.put(GrpcService.TEXT, "early");
      AtomicReference<Metadata> headers = new AtomicReference<>();
      Channel channel =
          ClientInterceptors.intercept(
              client.channel,
              MetadataUtils.newAttachHeadersInterceptor(sent),
              MetadataUtils.newCaptureMetadataInterceptor(headers, new AtomicReference<>()));
      Answers said = new Answers();
      StreamObserver<byte[]> talking =
          ClientCalls.asyncBidiStreamingCall(channel.newCall(TALK, CallOptions.DEFAULT), said);
      Await.until("headers", () -> headers.get() != null);
      Metadata early = headers.get();
      assertNotNull(early);
      assertEquals("early", early.get(GrpcService.TEXT));
      talking.onCompleted();
      assertEquals(Status.Code.OK, said.end().getCode());
    }
  }

  @Test
  void errorsPassWithTheirTrailers() throws Exception {
    try (GrpcService service = new GrpcService();
        TestRouter router = router(service);
        Client client = Client.of(router)) {
      StatusRuntimeException failure = failure(client.channel, FAIL, bytes("grün"));
      assertStatus(Status.Code.FAILED_PRECONDITION, "no: 100% grün", failure);
      Metadata trailers = failure.getTrailers();
      assertNotNull(trailers);
      assertEquals("why", trailers.get(GrpcService.TEXT));
      assertArrayEquals(new byte[] {0, 1, (byte) 255}, trailers.get(GrpcService.BYTES));
      assertStatus(
          Status.Code.UNIMPLEMENTED, "None", failure(client.channel, GrpcService.NONE, bytes("")));
    }
  }

  @Test
  void compressedMessagesPassUntouched() throws Exception {
    try (GrpcService service = new GrpcService();
        TestRouter router = router(service);
        Client client = Client.of(router)) {
      byte[] much = new byte[100_000];
      byte[] answer =
          ClientCalls.blockingUnaryCall(
              client.channel, ECHO, CallOptions.DEFAULT.withCompression("gzip"), much);
      assertArrayEquals(much, answer);
    }
  }

  @Test
  void aThousandCallsAtOnce() throws Exception {
    try (GrpcService service = new GrpcService();
        TestRouter router = router(service);
        Client client = Client.of(router)) {
      List<Answers> all = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        Answers answers = new Answers();
        all.add(answers);
        ClientCalls.asyncUnaryCall(
            client.channel.newCall(ECHO, CallOptions.DEFAULT), bytes("call " + i), answers);
      }
      for (int i = 0; i < 1000; i++) {
        assertEquals("call " + i, all.get(i).next());
        assertEquals(Status.Code.OK, all.get(i).end().getCode());
      }
    }
  }

  @Test
  void aThousandStreamsAreOpenAtOnce() throws Exception {
    try (GrpcService service = new GrpcService();
        TestRouter router = router(service);
        Client first = Client.of(router);
        Client second = Client.of(router);
        Client third = Client.of(router);
        Client fourth = Client.of(router)) {
      List<Client> clients = List.of(first, second, third, fourth);
      List<Answers> said = new ArrayList<>();
      List<StreamObserver<byte[]>> talking = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        Answers answers = new Answers();
        said.add(answers);
        talking.add(
            ClientCalls.asyncBidiStreamingCall(
                clients.get(i % 4).channel.newCall(TALK, CallOptions.DEFAULT), answers));
        talking.get(i).onNext(bytes("open " + i));
      }
      for (int i = 0; i < 1000; i++) {
        assertEquals("open " + i, said.get(i).next());
      }
      talking.forEach(StreamObserver::onCompleted);
      for (Answers answers : said) {
        assertEquals(Status.Code.OK, answers.end().getCode());
      }
    }
  }

  @Test
  void messagesUpToTheLimitPassAndLongerOnesDoNot() throws Exception {
    int limit = 4 << 20;
    try (GrpcService service = new GrpcService();
        TestRouter router = router(service);
        Client client = Client.of(router)) {
      assertEquals(limit, unary(client.channel, ECHO, new byte[limit]).length);
      assertStatus(
          Status.Code.RESOURCE_EXHAUSTED,
          "grpc: received message larger than max (4194305 vs. 4194304)",
          failure(client.channel, ECHO, new byte[limit + 1]));
      assertEquals("still", text(unary(client.channel, ECHO, bytes("still"))));
    }
  }

  @Test
  void theLimitOfAnswersIsTheSmallerOne() throws Exception {
    try (GrpcService service = new GrpcService();
        TestRouter router =
            router(service, "-proxy.grpcmaxrxmsgsize", "2000", "-proxy.grpcmaxtxmsgsize", "1000");
        Client client = Client.of(router)) {
      assertEquals(1000, unary(client.channel, ECHO, new byte[1000]).length);
      assertStatus(
          Status.Code.RESOURCE_EXHAUSTED,
          "(1500 vs. 1000)",
          failure(client.channel, ECHO, new byte[1500]));
      assertStatus(
          Status.Code.RESOURCE_EXHAUSTED,
          "(2001 vs. 2000)",
          failure(client.channel, ECHO, new byte[2001]));
    }
  }

  @Test
  void whatCannotBeReachedHasAStatus() throws Exception {
    try (GrpcService service = new GrpcService();
        TestRouter router = router(service, "-proxy.dialtimeout", "2s");
        Client client = Client.of(router)) {
      router.routes("route add a /other/ grpc://127.0.0.1:1");
      assertStatus(
          Status.Code.NOT_FOUND, "no route found", failure(client.channel, ECHO, bytes("")));
      router.routes("route add a /test.Service/ grpc://127.0.0.1:1");
      assertStatus(
          Status.Code.UNAVAILABLE, "connection error", failure(client.channel, ECHO, bytes("")));
      router.routes(
          "route add a /test.Service/ grpc://" + service.address() + " opts \"deny=ip:127.0.0.1\"");
      assertStatus(
          Status.Code.PERMISSION_DENIED, "access denied", failure(client.channel, ECHO, bytes("")));
      router.routes(
          "route add a /test.Service/ grpc://" + service.address() + " opts \"auth=nobody\"");
      assertStatus(
          Status.Code.UNAUTHENTICATED,
          "authorization failed",
          failure(client.channel, ECHO, bytes("")));
    }
  }

  @Test
  void aDeadlinePassesAndItsEndIsTold() throws Exception {
    try (GrpcService service = new GrpcService();
        TestRouter router = router(service);
        Client client = Client.of(router)) {
      Answers answers = new Answers();
      ClientCalls.asyncServerStreamingCall(
          client.channel.newCall(
              HANG, CallOptions.DEFAULT.withDeadlineAfter(500, TimeUnit.MILLISECONDS)),
          bytes("x"),
          answers);
      assertEquals("x", answers.next());
      assertEquals(Status.Code.DEADLINE_EXCEEDED, answers.end().getCode());
      assertEquals(List.of(true), service.deadlines);
      Await.until("cancelled upstream", () -> service.cancelled.get() == 1);
    }
  }

  @Test
  void aCallThatIsCancelledIsCancelledUpstream() throws Exception {
    try (GrpcService service = new GrpcService();
        TestRouter router = router(service);
        Client client = Client.of(router)) {
      Answers answers = new Answers();
      ClientCall<byte[], byte[]> call = client.channel.newCall(HANG, CallOptions.DEFAULT);
      ClientCalls.asyncServerStreamingCall(call, bytes("x"), answers);
      assertEquals("x", answers.next());
      call.cancel("enough", null);
      Await.until("cancelled upstream", () -> service.cancelled.get() == 1);
      assertEquals("still", text(unary(client.channel, ECHO, bytes("still"))));
    }
  }

  @Test
  void aServerThatDiesInTheMiddleIsUnavailable() throws Exception {
    try (GrpcService service = new GrpcService();
        TestRouter router = router(service);
        Client client = Client.of(router)) {
      Answers answers = new Answers();
      ClientCalls.asyncServerStreamingCall(
          client.channel.newCall(HANG, CallOptions.DEFAULT), bytes("x"), answers);
      assertEquals("x", answers.next());
      // This server resets its streams before it closes, and so says how they ended.
      service.kill();
      assertEquals(Status.Code.CANCELLED, answers.end().getCode());
      assertStatus(
          Status.Code.UNAVAILABLE, "connection error", failure(client.channel, ECHO, bytes("")));
    }
  }

  @Test
  void noCallIsLostWhileServersAreReplaced() throws Exception {
    GrpcService old = new GrpcService();
    try (GrpcService service = new GrpcService();
        TestRouter router =
            router(
                "route add a /test.Service/ grpc://"
                    + old.address()
                    + "\nroute add a /test.Service/ grpc://"
                    + service.address());
        Client client = Client.of(router)) {
      for (int i = 0; i < 500; i++) {
        if (i == 100) {
          old.leave();
        }
        assertEquals("call " + i, text(unary(client.channel, ECHO, bytes("call " + i))));
      }
    } finally {
      old.close();
    }
  }

  @Test
  void aHostIsNamedInTheMetadata() throws Exception {
    try (GrpcService one = new GrpcService();
        GrpcService two = new GrpcService();
        TestRouter router =
            router(
                "route add a /test.Service/ grpc://"
                    + one.address()
                    + "\nroute add b two.test/test.Service/ grpc://"
                    + two.address());
        Client client = Client.of(router)) {
      unary(client.channel, ECHO, bytes("x"));
      assertEquals(1, one.metadata.size());
      Metadata host = new Metadata();
      host.put(DST_HOST, "two.test");
      Channel named =
          ClientInterceptors.intercept(
              client.channel, MetadataUtils.newAttachHeadersInterceptor(host));
      unary(named, ECHO, bytes("x"));
      assertEquals(1, two.metadata.size());
      assertEquals("two.test", two.metadata.get(0).get(DST_HOST));
    }
  }

  @Test
  void theAuthorityIsAskedWhereNothingElseFits() throws Exception {
    try (GrpcService service = new GrpcService();
        TestRouter router =
            router("route add a host.test/test.Service/ grpc://" + service.address());
        Client client = Client.of(router)) {
      byte[] answer =
          ClientCalls.blockingUnaryCall(
              client.channel, ECHO, CallOptions.DEFAULT.withAuthority("host.test"), bytes("found"));
      assertEquals("found", text(answer));
    }
  }

  @Test
  void anyTargetIsSpokenToInGrpc() throws Exception {
    try (GrpcService service = new GrpcService();
        TestRouter router = router("route add a /test.Service/ http://" + service.address() + "/");
        Client client = Client.of(router)) {
      assertEquals("x", text(unary(client.channel, ECHO, bytes("x"))));
    }
  }

  @Test
  void anOrdinaryListenerOfHttp2CarriesCallsToo() throws IOException {
    try (GrpcService service = new GrpcService();
        TestRouter router =
            TestRouter.start(
                "route add a /test.Service/ grpc://" + service.address(),
                "-proxy.addr",
                "127.0.0.1:0;h2c=true");
        Client client = Client.of(router)) {
      assertEquals("x", text(unary(client.channel, ECHO, bytes("x"))));
      assertStatus(
          Status.Code.FAILED_PRECONDITION, "no", failure(client.channel, FAIL, bytes("x")));
      router.routes("route add a /other/ grpc://" + service.address());
      assertStatus(
          Status.Code.NOT_FOUND, "no route found", failure(client.channel, ECHO, bytes("")));
    }
  }

  @Test
  void aTargetThatNoCallCanReachIsToldInTheWayOfGrpc() throws IOException {
    try (TestRouter router =
            TestRouter.start(
                "route add a /test.Service/ tcp://127.0.0.1:1",
                "-proxy.addr",
                "127.0.0.1:0;h2c=true");
        Client client = Client.of(router);
        H2Peer raw = H2Peer.to(router.port())) {
      assertStatus(
          Status.Code.INTERNAL,
          "unsupported target scheme",
          failure(client.channel, ECHO, bytes("x")));
      H2Peer.Answer answer = raw.ask(call());
      assertEquals(200, answer.status());
      assertEquals("13", answer.first("grpc-status"));
      assertEquals(502, raw.ask(H2Peer.headers("POST", "/test.Service/Echo")).status());
    }
  }

  @Test
  void tlsIsSpokenOnBothSides() throws Exception {
    ServerCredentials credentials =
        TlsServerCredentials.create(
            TlsSockets.certificate("b").toFile(), TlsSockets.key("b").toFile());
    UpstreamTls trusting =
        new UpstreamTls(Map.of("SSL_CERT_FILE", TlsSockets.certificate("b").toString()));
    try (GrpcService service = new GrpcService(credentials);
        TestRouter router =
            TestRouter.start(
                1,
                trusting,
                Observer.NONE,
                "route add a /test.Service/ grpcs://"
                    + service.address()
                    + " opts \"grpcservername=b.test\"",
                "-proxy.addr",
                "127.0.0.1:0;proto=grpcs;cs=own",
                "-proxy.cs",
                "cs=own;type=file;cert="
                    + TlsSockets.certificate("b")
                    + ";key="
                    + TlsSockets.key("b"));
        Client client =
            new Client(
                Grpc.newChannelBuilder(
                        "127.0.0.1:" + router.port(),
                        TlsChannelCredentials.newBuilder()
                            .trustManager(TlsSockets.certificate("b").toFile())
                            .build())
                    .overrideAuthority("b.test")
                    .build())) {
      assertEquals("x", text(unary(client.channel, ECHO, bytes("x"))));
      assertEquals(List.of("b.test"), service.authorities);
      router.routes("route add a /test.Service/ grpcs://" + service.address());
      assertStatus(
          Status.Code.UNAVAILABLE, "TLS handshake", failure(client.channel, ECHO, bytes("x")));
      router.routes(
          "route add a /test.Service/ grpcs://"
              + service.address()
              + " opts \"tlsskipverify=true\"");
      assertEquals("y", text(unary(client.channel, ECHO, bytes("y"))));
    }
  }

  private static Http2Headers call(String... lines) {
    Http2Headers headers = H2Peer.headers("POST", "/test.Service/Echo");
    headers.add("content-type", "application/grpc").add("te", "trailers");
    for (int i = 0; i < lines.length; i += 2) {
      headers.add(lines[i], lines[i + 1]);
    }
    return headers;
  }

  private static TestRouter router(StreamTarget target) {
    return router("route add a /test.Service/ grpc://" + target.address());
  }

  @Test
  void theRouterEndsACallAtItsDeadlineByItself() throws IOException {
    try (StreamTarget target = new StreamTarget(request -> {});
        TestRouter router = router(target);
        H2Peer client = H2Peer.to(router.port())) {
      int stream = client.open(call("grpc-timeout", "300m"), true);
      H2Peer.Answer answer = client.answer(stream);
      assertEquals(200, answer.status());
      assertEquals("application/grpc", answer.first("content-type"));
      assertEquals("4", answer.first("grpc-status"));
      assertEquals("deadline exceeded", answer.first("grpc-message"));
      Await.until("cancelled", () -> target.resets.equals(List.of(Http2Error.CANCEL.code())));
      assertEquals("300m", String.valueOf(target.requests.get(0).head.get("grpc-timeout")));
    }
  }

  @Test
  void anAnswerThatIsCutEndsWithAStatus() throws IOException {
    try (StreamTarget target =
            new StreamTarget(
                request -> {
                  request.headers(false, ":status", "200", "content-type", "application/grpc");
                  request.data(false, new byte[] {0, 0, 0, 0, 1, 'x'});
                });
        TestRouter router = router(target);
        H2Peer client = H2Peer.to(router.port())) {
      int stream = client.open(call(), true);
      assertTrue(client.next(stream) instanceof H2Peer.Head head && !head.end());
      target.requests.get(0).close();
      H2Peer.Frame last = client.next(stream);
      while (!(last instanceof H2Peer.Head)) {
        last = client.next(stream);
      }
      H2Peer.Head trailers = (H2Peer.Head) last;
      assertTrue(trailers.end());
      assertEquals("14", String.valueOf(trailers.headers().get("grpc-status")));
    }
  }

  @ParameterizedTest
  @CsvSource({"400, 13", "401, 16", "403, 7", "404, 12", "429, 14", "503, 14", "200, 2", "302, 2"})
  void thePageOfAWebServerHasAStatusOfItsOwn(String status, String code) throws IOException {
    try (StreamTarget target =
            new StreamTarget(
                request -> {
                  request.headers(false, ":status", status, "content-type", "text/html");
                  request.data(true, "<html>".getBytes(StandardCharsets.US_ASCII));
                });
        TestRouter router = router(target);
        H2Peer client = H2Peer.to(router.port())) {
      H2Peer.Answer answer = client.answer(client.open(call(), true));
      assertEquals(200, answer.status());
      assertEquals(code, answer.first("grpc-status"));
      assertEquals(
          "the answer is not gRPC: status " + status + ", content type text/html",
          answer.first("grpc-message"));
    }
  }

  @Test
  void whatATargetIsTold() throws IOException {
    try (StreamTarget target =
            new StreamTarget(
                request -> request.headers(true, ":status", "200", "grpc-status", "0"));
        TestRouter router = router(target);
        H2Peer client = H2Peer.to(router.port())) {
      int stream = client.open(call(), false);
      client.data(stream, "\0\0\0\0\1x", true);
      assertEquals("0", client.answer(stream).first("grpc-status"));
      Http2Headers seen = target.requests.get(0).head;
      assertEquals(target.address(), String.valueOf(seen.authority()));
      assertEquals("/test.Service/Echo", String.valueOf(seen.path()));
      assertEquals("127.0.0.1", String.valueOf(seen.get("x-forwarded-for")));
      assertEquals("trailers", String.valueOf(seen.get("te")));
      assertEquals("application/grpc", String.valueOf(seen.get("content-type")));
      assertFalse(seen.contains("content-length"), String.valueOf(seen));
      assertEquals("\0\0\0\0\1x", target.requests.get(0).body.toString());
    }
  }

  @Test
  void aTargetWithTlsIsNeverSpokenToInPlainText() throws IOException {
    List<Integer> first = Collections.synchronizedList(new ArrayList<>());
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> first.add(connection.socket().getInputStream().read()));
        TestRouter router = router("route add a /test.Service/ grpcs://" + target.address());
        H2Peer client = H2Peer.to(router.port())) {
      assertEquals("14", client.answer(client.open(call(), true)).first("grpc-status"));
      // A TLS record of a handshake, not the preface of HTTP/2.
      assertEquals(0x16, first.get(0));
    }
  }

  @Test
  void whatIsNoCallIsRefused() throws IOException {
    try (StreamTarget target = new StreamTarget(request -> request.ok("never"));
        TestRouter router = router(target);
        H2Peer client = H2Peer.to(router.port())) {
      assertEquals(415, client.answer(client.open(H2Peer.get("/test.Service/"), true)).status());
      Http2Headers connect = new DefaultHttp2Headers().method("CONNECT").authority("a.test:443");
      assertEquals(415, client.answer(client.open(connect, true)).status());
      connect.add("content-type", "application/grpc");
      H2Peer.Answer pathless = client.answer(client.open(connect, true));
      assertEquals(200, pathless.status());
      assertEquals("13", pathless.first("grpc-status"));
      assertTrue(target.requests.isEmpty());
    }
  }

  @Test
  void oneWhoSpeaksHttp1IsToldSo() throws IOException {
    try (GrpcService service = new GrpcService();
        TestRouter router = router(service);
        RawConnection client = router.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
      RawMessage answer = client.answer("GET");
      assertNotNull(answer);
      assertEquals(505, answer.status());
      assertFalse(answer.body().isEmpty());
    }
  }
}
