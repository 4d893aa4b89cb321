package io.tagway.proxy.http;

import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of grpc-java with one method for each form of a call; messages are bytes. */
final class GrpcService implements AutoCloseable {
  static final Metadata.Key<String> TEXT =
      Metadata.Key.of("x-text", Metadata.ASCII_STRING_MARSHALLER);
  static final Metadata.Key<byte[]> BYTES =
      Metadata.Key.of("x-bytes-bin", Metadata.BINARY_BYTE_MARSHALLER);

  static final MethodDescriptor<byte[], byte[]> ECHO = method(MethodType.UNARY, "Echo");
  static final MethodDescriptor<byte[], byte[]> COUNT =
      method(MethodType.SERVER_STREAMING, "Count");
  static final MethodDescriptor<byte[], byte[]> SUM = method(MethodType.CLIENT_STREAMING, "Sum");
  static final MethodDescriptor<byte[], byte[]> TALK = method(MethodType.BIDI_STREAMING, "Talk");
  static final MethodDescriptor<byte[], byte[]> FAIL = method(MethodType.UNARY, "Fail");
  static final MethodDescriptor<byte[], byte[]> HANG = method(MethodType.SERVER_STREAMING, "Hang");
  static final MethodDescriptor<byte[], byte[]> NONE = method(MethodType.UNARY, "None");

  private final Server server;
  final List<Metadata> metadata = new CopyOnWriteArrayList<>();
  final List<String> authorities = new CopyOnWriteArrayList<>();
  final List<Boolean> deadlines = new CopyOnWriteArrayList<>();
  final AtomicInteger cancelled = new AtomicInteger();

  GrpcService() throws IOException {
    this(InsecureServerCredentials.create());
  }

  GrpcService(ServerCredentials credentials) throws IOException {
    server =
        Grpc.newServerBuilderForPort(0, credentials)
            .maxInboundMessageSize(64 << 20)
            .addService((BindableService) this::methods)
            .intercept(new Listening())
            .build()
            .start();
  }

  private static MethodDescriptor<byte[], byte[]> method(MethodType type, String name) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(type)
        .setFullMethodName("test.Service/" + name)
        .setRequestMarshaller(new Bytes())
        .setResponseMarshaller(new Bytes())
        .build();
  }

  /** Messages are nobody's business: no form of serialisation. */
  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private ServerServiceDefinition methods() {
    return ServerServiceDefinition.builder("test.Service")
        .addMethod(ECHO, ServerCalls.asyncUnaryCall(GrpcService::echo))
        .addMethod(COUNT, ServerCalls.asyncServerStreamingCall(GrpcService::count))
        .addMethod(SUM, ServerCalls.asyncClientStreamingCall(GrpcService::sum))
        .addMethod(TALK, ServerCalls.asyncBidiStreamingCall(GrpcService::talk))
        .addMethod(FAIL, ServerCalls.asyncUnaryCall(GrpcService::fail))
        .addMethod(HANG, ServerCalls.asyncServerStreamingCall(this::hang))
        .build();
  }

  private static void echo(byte[] message, StreamObserver<byte[]> out) {
    out.onNext(message);
    out.onCompleted();
  }

  private static void count(byte[] message, StreamObserver<byte[]> out) {
    for (int i = Integer.parseInt(text(message)); i > 0; i--) {
      out.onNext(bytes("no " + i));
    }
    out.onCompleted();
  }

  private static StreamObserver<byte[]> sum(StreamObserver<byte[]> out) {
    return new StreamObserver<>() {
      private long total;

      @Override
      public void onNext(byte[] message) {
        total += message.length;
      }

      @Override
      public void onError(Throwable thrown) {}

      @Override
      public void onCompleted() {
        out.onNext(bytes(Long.toString(total)));
        out.onCompleted();
      }
    };
  }

  private static StreamObserver<byte[]> talk(StreamObserver<byte[]> out) {
    return new StreamObserver<>() {
      @Override
      public void onNext(byte[] message) {
        out.onNext(message);
      }

      @Override
      public void onError(Throwable thrown) {}

      @Override
      public void onCompleted() {
        out.onCompleted();
      }
    };
  }

  private static void fail(byte[] message, StreamObserver<byte[]> out) {
    Metadata trailers = new Metadata();
    trailers.put(TEXT, "why");
    trailers.put(BYTES, new byte[] {0, 1, (byte) 255});
    out.onError(
        Status.FAILED_PRECONDITION
            .withDescription("no: 100% " + text(message))
            .asRuntimeException(trailers));
  }

  private void hang(byte[] message, StreamObserver<byte[]> out) {
    deadlines.add(Context.current().getDeadline() != null);
    ((ServerCallStreamObserver<byte[]>) out).setOnCancelHandler(cancelled::incrementAndGet);
    out.onNext(message);
  }

  /** Notes what came with a call, and sends it back. */
  private final class Listening implements ServerInterceptor {
    @Override
    public <A, B> ServerCall.Listener<A> interceptCall(
        ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
      metadata.add(headers);
      authorities.add(String.valueOf(call.getAuthority()));
      String said = headers.get(TEXT);
      if (said != null) {
        Metadata back = new Metadata();
        back.put(TEXT, said);
        byte[] bytes = headers.get(BYTES);
        if (bytes != null) {
          back.put(BYTES, bytes);
        }
        call.sendHeaders(back);
        return next.startCall(
            new io.grpc.ForwardingServerCall.SimpleForwardingServerCall<>(call) {
              @Override
              public void sendHeaders(Metadata ignored) {}
            },
            headers);
      }
      return Contexts.interceptCall(Context.current(), call, headers, next);
    }
  }

  int port() {
    return server.getPort();
  }

  String address() {
    return "127.0.0.1:" + port();
  }

  /** Dies: connections are cut. */
  void kill() {
    server.shutdownNow();
  }

  /** Takes no new calls and lets those that run end. */
  void leave() {
    server.shutdown();
  }

  @Override
  public void close() {
    kill();
  }
}
