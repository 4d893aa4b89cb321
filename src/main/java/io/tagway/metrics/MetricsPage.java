package io.tagway.metrics;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

/**
 * Serves the page for Prometheus at one path, and sends every other path there. The page is written
 * by a worker: ten thousand routes are megabytes.
 */
public final class MetricsPage implements Handler<HttpServerRequest> {
  private final Vertx vertx;
  private final Supplier<String> page;
  private final String path;

  /**
   * @param path where the page is; everything else leads there
   */
  public MetricsPage(Vertx vertx, Supplier<String> page, String path) {
    this.vertx = vertx;
    this.page = page;
    this.path = path;
  }

  @Override
  public void handle(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    if (!path.equals("/") && !isHere(request)) {
      response.setStatusCode(308).putHeader(HttpHeaders.LOCATION, path).end();
    } else if (!request.method().equals(HttpMethod.GET)
        && !request.method().equals(HttpMethod.HEAD)) {
      response.setStatusCode(405).putHeader(HttpHeaders.ALLOW, "GET, HEAD").end();
    } else {
      serve(request);
    }
  }

  /** Whether a request asks for the page. */
  public boolean isHere(HttpServerRequest request) {
    return path.equals(request.path());
  }

  private void serve(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    String accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
    boolean gzip = accepted != null && accepted.contains("gzip");
    var unused =
        vertx
            .executeBlocking(() -> body(gzip), false)
            .onSuccess(
                body -> {
                  response.putHeader(HttpHeaders.CONTENT_TYPE, PrometheusText.CONTENT_TYPE);
                  response.putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
                  if (gzip) {
                    response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
                  }
                  response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
                  if (request.method().equals(HttpMethod.HEAD)) {
                    response.end();
                  } else {
                    response.end(body);
                  }
                })
            .onFailure(
                failure -> {
                  System.getLogger(MetricsPage.class.getName())
                      .log(System.Logger.Level.ERROR, "metrics page: " + failure, failure);
                  response.setStatusCode(500).end();
                });
  }

  private Buffer body(boolean gzip) throws IOException {
    byte[] plain = page.get().getBytes(StandardCharsets.UTF_8);
    if (!gzip) {
      return Buffer.buffer(plain);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 8 + 64);
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return Buffer.buffer(bytes.toByteArray());
  }
}
