package io.tagway.tls;

import io.tagway.outbound.Cause;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Calls of Vault's HTTP API: <a href="https://developer.hashicorp.com/vault/api-docs">api-docs</a>.
 * Failures name the call and what Vault said, never a token.
 */
final class VaultClient {
  static final HttpMethod LIST = HttpMethod.valueOf("LIST");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final WebClient client;
  private final String address;
  private final String namespace;

  /**
   * Reads {@code VAULT_ADDR}.
   *
   * @throws BadCertificate if it is no http address
   */
  static URI address(String text) {
    try {
      URI address = new URI(text);
      boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      if (http && address.getHost() != null) {
        return address;
      }
    } catch (URISyntaxException e) {
      // Told below.
    }
    throw new BadCertificate(
        "VAULT_ADDR \"" + text + "\" is no http address; https://127.0.0.1:8200 would fit");
  }

  /**
   * @param address what {@link #address(String)} made of it, perhaps with a path
   * @param namespace empty if none
   */
  VaultClient(WebClient client, URI address, String namespace) {
    String text = address.toString();
    this.client = client;
    this.address = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    this.namespace = namespace;
  }

  /** An answer of Vault. */
  record Reply(int status, JsonObject body) {
    /** The object of that name in the answer, empty if it is not there. */
    JsonObject part(String name) {
      return body.getValue(name) instanceof JsonObject object ? object : new JsonObject();
    }
  }

  /** As {@link #ask}, but any status above 299 is a failure. */
  Future<Reply> call(HttpMethod method, String path, String token, @Nullable JsonObject body) {
    return ask(method, path, token, body)
        .compose(
            reply ->
                reply.status() < 300
                    ? Future.succeededFuture(reply)
                    : Future.failedFuture(refusal(method, path, reply)));
  }

  /**
   * Sends a request.
   *
   * @param path without {@code /v1/}
   * @return fails only if there was no answer
   */
  Future<Reply> ask(HttpMethod method, String path, String token, @Nullable JsonObject body) {
    HttpRequest<Buffer> request =
        client.requestAbs(method, address + "/v1/" + path).timeout(PATIENCE.toMillis());
    request.putHeader("X-Vault-Token", token).putHeader("X-Vault-Request", "true");
    if (!namespace.isEmpty()) {
      request.putHeader("X-Vault-Namespace", namespace);
    }
    return (body == null ? request.send() : request.sendJsonObject(body))
        .recover(
            cause ->
                Future.failedFuture(
                    new BadCertificate(
                        "Vault " + address + " cannot be asked: " + Cause.text(cause))))
        .map(response -> new Reply(response.statusCode(), json(response)));
  }

  static BadCertificate refusal(HttpMethod method, String path, Reply reply) {
    String said =
        reply.body().getValue("errors") instanceof JsonArray errors && !errors.isEmpty()
            ? ": " + errors.getValue(0)
            : "";
    return new BadCertificate(
        "Vault answered " + reply.status() + " to " + method + " " + path + said);
  }

  private static JsonObject json(HttpResponse<Buffer> response) {
    @Nullable Buffer body = response.body();
    try {
      return body == null || body.length() == 0 ? new JsonObject() : body.toJsonObject();
    } catch (DecodeException | ClassCastException e) {
      return new JsonObject();
    }
  }

  void close() {
    client.close();
  }
}
