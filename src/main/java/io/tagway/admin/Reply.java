package io.tagway.admin;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One answer of the API as a value.
 *
 * @param headers beyond those that every answer carries
 */
record Reply(int status, Map<String, String> headers, Buffer body) {
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String JSON = "application/json; charset=utf-8";

  /** A text as it is. */
  static Reply text(String text) {
    return of(200, TEXT, text);
  }

  /** Route commands; Fabio names no charset here. */
  static Reply commands(String text) {
    return of(200, "text/plain", text);
  }

  /** A compact JSON text, indented on request. */
  static Reply json(String compact, boolean pretty) {
    return of(200, JSON, pretty ? GoJson.indented(compact) : compact);
  }

  /** A refusal or failure, said in one or more lines. */
  static Reply error(int status, String text) {
    return of(status, TEXT, text + "\n");
  }

  static Reply notAllowed(String allowed) {
    return error(405, "not allowed").with("Allow", allowed);
  }

  static Reply redirect(int status, String location) {
    return new Reply(status, Map.of("Location", location), Buffer.buffer());
  }

  static Reply empty(int status) {
    return new Reply(status, Map.of(), Buffer.buffer());
  }

  private static Reply of(int status, String type, String text) {
    return new Reply(status, Map.of("Content-Type", type), Buffer.buffer(text));
  }

  /** This answer with one more header. */
  Reply with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, more, body);
  }

  /** Sends the answer, unless the client has gone or something was sent already. */
  void send(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    if (response.closed() || response.headWritten()) {
      return;
    }
    response.setStatusCode(status);
    protect(response);
    headers.forEach(response::putHeader);
    if (status != 304) { // also for HEAD, where nobody else would count the bytes
      response.putHeader("Content-Length", Integer.toString(body.length()));
    }
    response.end(body);
  }

  /** Headers that every answer carries; a page adds its own policy, a file its own caching. */
  static void protect(HttpServerResponse response) {
    response
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Cache-Control", "no-store");
  }
}
