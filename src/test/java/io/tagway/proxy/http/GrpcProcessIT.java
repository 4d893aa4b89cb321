package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.tagway.testkit.TagwayProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The packed router, from outside. */
class GrpcProcessIT {
  @Test
  void aListenerForGrpcServesAndEndsInTime() throws Exception {
    try (GrpcService service = new GrpcService();
        TagwayProcess tagway =
            TagwayProcess.start(
                List.of(
                    "-insecure",
                    "-registry.backend=static",
                    "-registry.static.routes=route add a /test.Service/ grpc://"
                        + service.address(),
                    "-proxy.shutdownwait=500ms",
                    "-proxy.addr=127.0.0.1:0;proto=grpc",
                    "-ui.addr=127.0.0.1:0"))) {
      int port = tagway.proxyPort("127.0.0.1");
      assertFalse(tagway.log().contains("no effect"), tagway::log);
      ManagedChannel channel =
          Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create()).build();
      try {
        byte[] answer =
            ClientCalls.blockingUnaryCall(
                channel, GrpcService.ECHO, CallOptions.DEFAULT, GrpcService.bytes("x"));
        assertEquals("x", GrpcService.text(answer));

        CompletableFuture<String> begun = new CompletableFuture<>();
        CompletableFuture<Status> ended = new CompletableFuture<>();
        ClientCalls.asyncServerStreamingCall(
            channel.newCall(GrpcService.HANG, CallOptions.DEFAULT),
            GrpcService.bytes("open"),
            new StreamObserver<>() {
              @Override
              public void onNext(byte[] message) {
                begun.complete(GrpcService.text(message));
              }

              @Override
              public void onError(Throwable thrown) {
                ended.complete(Status.fromThrowable(thrown));
              }

              @Override
              public void onCompleted() {
                ended.complete(Status.OK);
              }
            });
        assertEquals("open", begun.get(10, TimeUnit.SECONDS));
        // An open stream does not keep the process: it has the time that all kinds have.
        tagway.terminate();
        assertEquals(0, tagway.exit(Duration.ofSeconds(20)), tagway::log);
        assertEquals(Status.Code.UNAVAILABLE, ended.get(10, TimeUnit.SECONDS).getCode());
      } finally {
        channel.shutdownNow();
      }
    }
  }
}
