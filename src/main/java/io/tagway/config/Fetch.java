package io.tagway.config;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Gets a properties file over HTTP. */
@FunctionalInterface
interface Fetch {

  /** What the server answered. */
  record Answer(int status, Optional<String> contentType, ByteBuffer body) {}

  Answer get(URI address) throws IOException, InterruptedException;

  /**
   * A plain GET that follows redirects, honours the usual proxy variables and gives up after {@code
   * limit} (Fabio waits for ever).
   */
  static Fetch overHttp(Map<String, String> environment, Duration limit) {
    return address -> {
      HttpClient client =
          HttpClient.newBuilder()
              .followRedirects(HttpClient.Redirect.NORMAL)
              .proxy(new ProxyChoice(environment))
              .connectTimeout(limit)
              .build();
      HttpRequest request = HttpRequest.newBuilder(address).timeout(limit).build();
      HttpResponse<byte[]> response = within(limit, client, request);
      return new Answer(
          response.statusCode(),
          response.headers().firstValue("content-type"),
          ByteBuffer.wrap(response.body()));
    };
  }

  /** The limit of the request itself ends with the head of the answer. */
  private static HttpResponse<byte[]> within(Duration limit, HttpClient client, HttpRequest request)
      throws IOException, InterruptedException {
    try {
      return client
          .sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + limit.toMillis() + "ms", e);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    }
  }
}
