package io.tagway.admin;

import static java.lang.System.Logger.Level.WARNING;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Optional;

/** {@code /api/log}: the level of the log, as {@code {"level":"INFO"}}. */
final class LogApi {
  private static final System.Logger LOG = System.getLogger(LogApi.class.getName());
  private static final int MOST_BODY_BYTES = 1 << 10;

  private final LogControl log;
  private final WriteGuard guard;
  private final boolean readOnly;

  LogApi(LogControl log, WriteGuard guard, boolean readOnly) {
    this.log = log;
    this.guard = guard;
    this.readOnly = readOnly;
  }

  /** Answers GET with the level in use, and changes it for PUT, which takes the same shape. */
  Future<Reply> answer(HttpServerRequest request, boolean pretty) {
    if (request.method().equals(HttpMethod.GET)) {
      return Future.succeededFuture(level(pretty));
    }
    if (!request.method().equals(HttpMethod.PUT)) {
      return Future.succeededFuture(Reply.notAllowed("GET, PUT"));
    }
    if (readOnly) {
      return Future.succeededFuture(Reply.error(403, "Forbidden"));
    }
    Optional<Reply> foreign = guard.refusal(request);
    if (foreign.isPresent()) {
      return Future.succeededFuture(foreign.get());
    }
    String who = guard.who(request);
    return RequestBody.of(request, MOST_BODY_BYTES, "1 KiB")
        .map(
            body -> {
              change(wished(body), who);
              return level(pretty);
            })
        .recover(Refusal::answered);
  }

  private Reply level(boolean pretty) {
    return Reply.json("{\"level\":\"" + log.level() + "\"}", pretty);
  }

  private String wished(Buffer body) {
    Object level = RequestBody.object(body).getValue("level");
    String name = level instanceof String text ? text.toUpperCase(Locale.ROOT) : "";
    if (!log.levels().contains(name)) {
      throw new Refusal(
          "the body must be {\"level\":\"NAME\"} with one of " + String.join(", ", log.levels()));
    }
    return name;
  }

  /** Told at the more talkative of the two levels, so that the log shows where it falls silent. */
  private void change(String name, String who) {
    String before = log.level();
    boolean louder = log.levels().indexOf(name) < log.levels().indexOf(before);
    if (louder) {
      log.setLevel(name);
    }
    LOG.log(WARNING, "log level changed from {0} to {1} by {2}", before, name, who);
    log.setLevel(name);
  }
}
