package io.tagway.tls;

import io.tagway.testkit.TestAuthority;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The part of Vault that certificates need, as its public API documentation gives it: {@code
 * /sys/wrapping/unwrap}, {@code /auth/token/lookup-self} and {@code renew-self}, {@code
 * /sys/internal/ui/mounts}, KV of version 1 (mount {@code kv1/}) and 2 (mount {@code secret/}), PKI
 * (mount {@code pki/}, role {@code web}). What the documentation does not allow is refused with the
 * status and body that Vault has for it.
 */
final class VaultServer implements AutoCloseable {
  /** A token; wrapping ones are good for one call. */
  private static final class Token {
    volatile Instant end;
    final Duration life;
    final @Nullable String wraps;

    Token(Duration life, @Nullable String wraps) {
      this.end = Instant.now().plus(life);
      this.life = life;
      this.wraps = wraps;
    }
  }

  private static final String V1 = "/v1/";

  final List<String> requests = new CopyOnWriteArrayList<>();
  final List<String> namespaces = new CopyOnWriteArrayList<>();
  private final Map<String, Token> tokens = new ConcurrentHashMap<>();
  private final Map<String, JsonObject> secrets = new ConcurrentSkipListMap<>();
  private final TestAuthority authority;
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  volatile Duration certificateLife = Duration.ofDays(1);
  volatile boolean sealed;

  VaultServer(Path directory) throws Exception {
    authority = new TestAuthority(directory.resolve("vault-ca"));
    server =
        TlsTestServer.await(
            vertx
                .createHttpServer()
                .requestHandler(
                    request ->
                        request
                            .body()
                            .onSuccess(
                                body ->
                                    vertx.executeBlocking(
                                        () -> {
                                          handle(request, body);
                                          return null;
                                        },
                                        false)))
                .listen(0, "127.0.0.1"));
  }

  String address() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  void token(String id, Duration life) {
    tokens.put(id, new Token(life, null));
  }

  void wrap(String wrapping, String wrapped) {
    tokens.put(wrapping, new Token(Duration.ofMinutes(5), wrapped));
  }

  boolean isAlive(String id) {
    Token token = tokens.get(id);
    return token != null && token.end.isAfter(Instant.now());
  }

  void revoke(String id) {
    tokens.remove(id);
  }

  /** Path with its mount, e.g. {@code kv1/certs/a}. */
  void write(String path, JsonObject fields) {
    secrets.put(path, fields);
  }

  void write(String path, String stem) {
    write(
        path,
        new JsonObject()
            .put("cert", Fixtures.text(stem + "-cert.pem"))
            .put("key", Fixtures.text(stem + "-key.pem")));
  }

  /** As {@code vault kv delete} on version 2: listed, but without data. */
  void softDelete(String path) {
    secrets.put(path, new JsonObject());
  }

  long count(String request) {
    return requests.stream().filter(request::equals).count();
  }

  private void handle(HttpServerRequest request, Buffer body) throws Exception {
    String path = request.path().substring(V1.length());
    String call = request.method() + " " + path;
    requests.add(call);
    namespaces.add(Optional.ofNullable(request.getHeader("X-Vault-Namespace")).orElse(""));
    if (sealed) {
      refuse(request, 503, "Vault is sealed");
      return;
    }
    String id = Optional.ofNullable(request.getHeader("X-Vault-Token")).orElse("");
    Token token = isAlive(id) ? tokens.get(id) : null;
    if (token == null) {
      refuse(request, 403, "permission denied");
      return;
    }
    if (token.wraps != null) {
      // Any use uses it up, and only this one is allowed.
      tokens.remove(id);
      if (!call.equals("POST sys/wrapping/unwrap")) {
        refuse(request, 403, "permission denied");
        return;
      }
      answer(request, auth(token.wraps));
      return;
    }
    switch (call) {
      case "POST sys/wrapping/unwrap" ->
          refuse(request, 400, "wrapping token is not valid or does not exist");
      case "GET auth/token/lookup-self" ->
          answer(
              request,
              new JsonObject()
                  .put(
                      "data",
                      new JsonObject()
                          .put("creation_ttl", token.life.toSeconds())
                          .put("ttl", Duration.between(Instant.now(), token.end).toSeconds())
                          .put("renewable", true)));
      case "POST auth/token/renew-self" -> {
        token.end = Instant.now().plus(token.life);
        answer(request, auth(id));
      }
      case "POST pki/issue/web" -> issue(request, body.toJsonObject());
      default -> read(request, path);
    }
  }

  private JsonObject auth(String id) {
    Token token = tokens.get(id);
    return new JsonObject()
        .put(
            "auth",
            new JsonObject()
                .put("client_token", id)
                .put("renewable", true)
                .put("lease_duration", token == null ? 0 : token.life.toSeconds()));
  }

  private void read(HttpServerRequest request, String path) {
    String method = request.method().name();
    if (path.startsWith("sys/internal/ui/mounts/")) {
      mount(request, path.substring("sys/internal/ui/mounts/".length()));
    } else if (path.startsWith("kv1/")) {
      if (method.equals("LIST")) {
        list(request, path);
      } else if (method.equals("GET") && secrets.containsKey(path)) {
        answer(request, new JsonObject().put("data", secrets.get(path)));
      } else {
        refuse(request, 404);
      }
    } else if (path.startsWith("secret/metadata/") && method.equals("LIST")) {
      list(request, path.replaceFirst("metadata/", ""));
    } else if (path.startsWith("secret/data/") && method.equals("GET")) {
      JsonObject fields = secrets.get(path.replaceFirst("data/", ""));
      if (fields == null || fields.isEmpty()) {
        refuse(request, 404);
      } else {
        answer(
            request,
            new JsonObject()
                .put(
                    "data",
                    new JsonObject()
                        .put("data", fields)
                        .put("metadata", new JsonObject().put("version", 1))));
      }
    } else {
      refuse(request, 404);
    }
  }

  private void mount(HttpServerRequest request, String path) {
    for (Map.Entry<String, String> mount : Map.of("kv1/", "1", "secret/", "2").entrySet()) {
      if ((path + "/").startsWith(mount.getKey())) {
        answer(
            request,
            new JsonObject()
                .put(
                    "data",
                    new JsonObject()
                        .put("path", mount.getKey())
                        .put("type", "kv")
                        .put("options", new JsonObject().put("version", mount.getValue()))));
        return;
      }
    }
    refuse(request, 403, "preflight capability check returned 403");
  }

  private void list(HttpServerRequest request, String path) {
    String folder = path.endsWith("/") ? path : path + "/";
    Map<String, String> keys = new TreeMap<>();
    for (String key : secrets.keySet()) {
      if (key.startsWith(folder)) {
        String rest = key.substring(folder.length());
        int slash = rest.indexOf('/');
        keys.put(slash < 0 ? rest : rest.substring(0, slash + 1), key);
      }
    }
    if (keys.isEmpty()) {
      refuse(request, 404);
    } else {
      answer(
          request,
          new JsonObject()
              .put(
                  "data", new JsonObject().put("keys", new JsonArray(List.copyOf(keys.keySet())))));
    }
  }

  private void issue(HttpServerRequest request, JsonObject parameters) throws Exception {
    String name = parameters.getString("common_name", "");
    if (!name.endsWith(".test")) {
      refuse(request, 400, "common name " + name + " not allowed by this role");
      return;
    }
    TestAuthority.Issued issued = authority.issue(name, certificateLife);
    answer(
        request,
        new JsonObject()
            .put(
                "data",
                new JsonObject()
                    .put("certificate", issued.certificate().strip())
                    .put("issuing_ca", authority.certificate().strip())
                    .put("ca_chain", new JsonArray().add(authority.certificate().strip()))
                    .put("private_key", issued.key().strip())
                    .put("private_key_type", "rsa")));
  }

  private static void answer(HttpServerRequest request, JsonObject body) {
    request.response().putHeader("Content-Type", "application/json").end(body.encode());
  }

  private static void refuse(HttpServerRequest request, int status, String... errors) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(new JsonObject().put("errors", new JsonArray(List.of(errors))).encode());
  }

  @Override
  public void close() {
    TlsTestServer.await(vertx.close());
  }
}
