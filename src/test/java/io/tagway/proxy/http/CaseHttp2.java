package io.tagway.proxy.http;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sends a request of a case by HTTP/2 over TLS, and gives the answer as if it were HTTP/1. */
final class CaseHttp2 {
  private CaseHttp2() {}

  static CaseClient.Result exchange(int port, JsonObject spec, Map<String, String> names) {
    long start = System.nanoTime();
    Vertx vertx = Vertx.vertx();
    HttpClient client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setSsl(true)
                .setUseAlpn(true)
                .setTrustAll(true)
                .setVerifyHost(false));
    try {
      HttpClientRequest request = client.request(options(port, spec, names)).await();
      request.authority(HostAndPort.authority(host(spec)));
      Buffer body = Buffer.buffer(CaseValue.bytes(spec.getValue("body")));
      RawMessage answer =
          (spec.containsKey("body") ? request.send(body) : request.send())
              .compose(response -> response.body().map(got -> answer(response, got)))
              .await();
      long took = (System.nanoTime() - start) / 1_000_000L;
      return new CaseClient.Result(answer, List.of(), List.of(), false, false, took, "h2", "", "");
    } finally {
      vertx.close().await();
    }
  }

  private static RawMessage answer(HttpClientResponse response, Buffer body) {
    return new RawMessage(
        (response.version() == HttpVersion.HTTP_2 ? "HTTP/2 " : "HTTP/1.1 ")
            + response.statusCode(),
        lines(response.headers()),
        body.toString(StandardCharsets.ISO_8859_1),
        lines(response.trailers()),
        true);
  }

  private static RequestOptions options(int port, JsonObject spec, Map<String, String> names) {
    RequestOptions options =
        new RequestOptions()
            .setServer(SocketAddress.inetSocketAddress(port, "127.0.0.1"))
            .setMethod(HttpMethod.valueOf(spec.getString("method", "GET")))
            .setURI(CaseValue.fill(spec.getString("path", "/"), names));
    for (Object one : spec.getJsonArray("headers", new JsonArray())) {
      JsonArray header = (JsonArray) one;
      if (!header.getString(0).equals("Host")) {
        options.addHeader(header.getString(0), header.getString(1));
      }
    }
    return options;
  }

  private static String host(JsonObject spec) {
    return spec.getJsonArray("headers").stream()
        .map(JsonArray.class::cast)
        .filter(header -> header.getString(0).equals("Host"))
        .map(header -> header.getString(1))
        .findFirst()
        .orElseThrow();
  }

  private static List<RawMessage.Line> lines(MultiMap headers) {
    List<RawMessage.Line> lines = new ArrayList<>();
    headers.forEach((name, value) -> lines.add(new RawMessage.Line(name, value)));
    return lines;
  }
}
