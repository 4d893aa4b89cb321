package io.tagway.tls;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The token for Vault: from {@code vaultfetchtoken}, read again at each use, or from {@code
 * VAULT_TOKEN}. One that wraps another is unwrapped, once; one that can be renewed is renewed at
 * half of its life. Tokens never show in the log. All state belongs to one context.
 */
final class VaultToken {
  private static final long SHORTEST_PAUSE_SECONDS = 1;

  private final Vertx vertx;
  private final Context context;
  private final VaultClient client;
  private final Intake intake;
  private final String fetch;
  private final Map<String, String> environment;

  private String written = "";
  private @Nullable Future<String> usable;
  private long timer = -1;
  private boolean closed;

  /**
   * @param fetch {@code file:PATH}, {@code env:NAME}, or empty for {@code VAULT_TOKEN}
   */
  VaultToken(
      Vertx vertx,
      Context context,
      VaultClient client,
      Intake intake,
      String fetch,
      Map<String, String> environment) {
    this.vertx = vertx;
    this.context = context;
    this.client = client;
    this.intake = intake;
    this.fetch = fetch;
    this.environment = environment;
  }

  /** The token to use now. Safe to call from any thread. */
  Future<String> current() {
    Promise<String> promise = Promise.promise();
    read()
        .onComplete(
            text -> context.runOnContext(on -> resolve(text).onComplete(promise)), promise::fail);
    return promise.future();
  }

  private Future<String> read() {
    if (fetch.startsWith("file:")) {
      String file = fetch.substring("file:".length());
      return vertx.executeBlocking(
          () -> {
            try {
              return nonEmpty(Files.readString(Path.of(file)).strip(), "the file " + file);
            } catch (IOException e) {
              throw new BadCertificate("the Vault token cannot be read from the file " + file);
            }
          });
    }
    String variable = fetch.startsWith("env:") ? fetch.substring("env:".length()) : "VAULT_TOKEN";
    try {
      return Future.succeededFuture(
          nonEmpty(environment.getOrDefault(variable, "").strip(), "the variable " + variable));
    } catch (BadCertificate e) {
      return Future.failedFuture(e);
    }
  }

  private static String nonEmpty(String token, String where) {
    if (token.isEmpty()) {
      throw new BadCertificate("there is no Vault token in " + where);
    }
    return token;
  }

  private Future<String> resolve(String text) {
    Future<String> known = usable;
    if (known != null && written.equals(text) && !known.failed()) {
      return known;
    }
    vertx.cancelTimer(timer);
    written = text;
    Future<String> next = unwrap(text).onSuccess(this::watch);
    usable = next;
    return next;
  }

  /**
   * A wrapping token works as the client token of this call, and only of this one; with any other
   * token Vault answers that it wraps nothing (api-docs, /sys/wrapping/unwrap).
   */
  private Future<String> unwrap(String text) {
    return client
        .ask(HttpMethod.POST, "sys/wrapping/unwrap", text, null)
        .compose(
            reply -> {
              if (reply.status() >= 500) {
                return Future.failedFuture(
                    VaultClient.refusal(HttpMethod.POST, "sys/wrapping/unwrap", reply));
              }
              if (reply.status() != 200) {
                return Future.succeededFuture(text);
              }
              String inner = reply.part("auth").getString("client_token", "");
              if (inner.isEmpty()) {
                inner = reply.part("data").getString("token", "");
              }
              return inner.isEmpty()
                  ? Future.failedFuture(new BadCertificate("the Vault token wraps no token"))
                  : Future.succeededFuture(inner);
            });
  }

  /** Finds out whether the token ends, and when (api-docs, auth/token). */
  private void watch(String token) {
    client
        .call(HttpMethod.GET, "auth/token/lookup-self", token, null)
        .onSuccess(
            reply -> {
              JsonObject data = reply.part("data");
              plan(token, data.getBoolean("renewable", false), data.getLong("ttl", 0L));
            })
        .onFailure(cause -> intake.log(Level.WARNING, BadCertificate.reason(cause)));
  }

  private void plan(String token, boolean renewable, long ttlSeconds) {
    if (renewable && ttlSeconds > 0 && !closed) {
      long pause = Math.max(SHORTEST_PAUSE_SECONDS, ttlSeconds / 2);
      timer = vertx.setTimer(pause * 1000, fired -> renew(token, ttlSeconds - pause));
    }
  }

  private void renew(String token, long leftSeconds) {
    client
        .call(HttpMethod.POST, "auth/token/renew-self", token, new JsonObject())
        .onSuccess(
            reply -> {
              JsonObject auth = reply.part("auth");
              plan(token, auth.getBoolean("renewable", false), auth.getLong("lease_duration", 0L));
            })
        .onFailure(
            cause -> {
              intake.log(
                  Level.WARNING, "the token was not renewed: " + BadCertificate.reason(cause));
              plan(token, true, leftSeconds);
            });
  }

  void close() {
    context.runOnContext(
        on -> {
          closed = true;
          vertx.cancelTimer(timer);
        });
  }
}
