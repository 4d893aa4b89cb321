package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.tagway.testkit.Eventually;
import io.tagway.testkit.TagwayProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the packed router measures of gRPC, read from the page for Prometheus. */
class GrpcMetersIT {
  @Test
  void callsAreMeasured() throws Exception {
    try (GrpcService service = new GrpcService();
        TagwayProcess tagway =
            TagwayProcess.start(
                List.of(
                    "-insecure",
                    "-registry.backend=static",
                    "-registry.static.routes=route add a /test.Service/Echo grpc://"
                        + service.address()
                        + "\nroute add a /test.Service/Fail grpc://"
                        + service.address(),
                    "-proxy.addr=127.0.0.1:0;proto=grpc",
                    "-metrics.target=prometheus",
                    "-metrics.prefix=fb",
                    "-ui.addr=127.0.0.1:0"))) {
      int port = tagway.proxyPort("127.0.0.1");
      ManagedChannel channel =
          Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create()).build();
      try {
        call(channel, GrpcService.ECHO);
        call(channel, GrpcService.ECHO);
        StatusRuntimeException failed =
            assertThrows(StatusRuntimeException.class, () -> call(channel, GrpcService.FAIL));
        assertThrows(StatusRuntimeException.class, () -> call(channel, GrpcService.NONE));

        awaitLine(tagway, "fb_grpc_conn 1");
        awaitLine(tagway, "tagway_client_connections{kind=\"grpc\"} 1");
        awaitLine(tagway, "fb_grpc_requests_count 4");
        awaitLine(tagway, "fb_grpc_noroute 1");
        for (String family : List.of("fb_grpc_status", "fb_grep_status")) {
          awaitLine(tagway, family + "_count{code=\"OK\"} 2");
          awaitLine(tagway, family + "_count{code=\"NotFound\"} 1");
          String code = CODES.get(failed.getStatus().getCode().value());
          awaitLine(tagway, family + "_count{code=\"" + code + "\"} 1");
        }
        awaitLine(
            tagway,
            "fb_route_count{service=\"a\",host=\"\",path=\"/test.Service/Echo\",target=\"grpc://"
                + service.address()
                + "\"} 2");
      } finally {
        channel.shutdownNow();
      }
    }
  }

  /** The statuses that a test service fails with, as Go's gRPC names them. */
  private static final java.util.Map<Integer, String> CODES =
      java.util.Map.of(
          2,
          "Unknown",
          3,
          "InvalidArgument",
          8,
          "ResourceExhausted",
          9,
          "FailedPrecondition",
          10,
          "Aborted",
          13,
          "Internal",
          15,
          "DataLoss");

  private static void call(ManagedChannel channel, MethodDescriptor<byte[], byte[]> method) {
    ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, GrpcService.bytes("x"));
  }

  private static void awaitLine(TagwayProcess tagway, String line) {
    URI page = URI.create("http://127.0.0.1:" + tagway.adminPort() + "/metrics");
    Eventually.soon(
        line,
        () -> {
          try (var in = page.toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                .contains("\n" + line + "\n");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
