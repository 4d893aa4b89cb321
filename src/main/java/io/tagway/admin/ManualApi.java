package io.tagway.admin;

import static java.lang.System.Logger.Level.INFO;

import io.tagway.registry.Overrides;
import io.tagway.route.Problem;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The manual route commands: their keys, and reading and writing the text of one. */
final class ManualApi {
  /** Consul refuses values over 512 KiB; JSON escapes may double that. */
  static final int MOST_BODY_BYTES = 1 << 20;

  private static final System.Logger LOG = System.getLogger(ManualApi.class.getName());

  private final Overrides overrides;
  private final OverrideCheck check;
  private final WriteGuard guard;

  ManualApi(Overrides overrides, OverrideCheck check, WriteGuard guard) {
    this.overrides = overrides;
    this.guard = guard;
    this.check = check;
  }

  /** {@code /api/paths}. */
  Future<Reply> paths(HttpServerRequest request, boolean pretty) {
    if (!request.method().equals(HttpMethod.GET)) {
      return Future.succeededFuture(Reply.notAllowed("GET"));
    }
    return overrides
        .paths()
        .map(names -> Reply.json(TableJson.namesOrNull(names), pretty))
        .otherwise(ManualApi::broken);
  }

  /**
   * {@code /api/manual<path>}.
   *
   * @param path what follows, without the query, percent escapes kept
   */
  Future<Reply> text(HttpServerRequest request, String path, boolean pretty) {
    boolean read = request.method().equals(HttpMethod.GET);
    if (!read && !request.method().equals(HttpMethod.PUT)) {
      return Future.succeededFuture(Reply.notAllowed("GET, PUT"));
    }
    String key;
    try {
      key = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return Future.succeededFuture(Reply.error(400, "the path has a bad percent escape"));
    }
    if (!isPossible(key)) {
      return Future.succeededFuture(
          Reply.error(400, "Consul has no key with the parts . or .., empty parts or a zero byte"));
    }
    if (read) {
      return overrides
          .read(key)
          .map(text -> Reply.json(json(text), pretty))
          .otherwise(ManualApi::broken);
    }
    Optional<Reply> refusal = guard.refusal(request);
    if (refusal.isPresent()) {
      return Future.succeededFuture(refusal.get());
    }
    String who = guard.who(request);
    return RequestBody.of(request, MOST_BODY_BYTES, "1 MiB")
        .compose(body -> write(key, body, who))
        .recover(Refusal::answered)
        .otherwise(ManualApi::broken);
  }

  /** Consul's API sends who asks for such a path to another one, or refuses it. */
  private static boolean isPossible(String key) {
    if (key.indexOf('\0') >= 0 || key.contains("//")) {
      return false;
    }
    for (String part : key.split("/", -1)) {
      if (part.equals(".") || part.equals("..")) {
        return false;
      }
    }
    return true;
  }

  private static String json(Overrides.Text text) {
    StringBuilder out = new StringBuilder();
    TableJson.text(out.append('{'), "value", text.value().strip());
    TableJson.text(out.append(','), "version", version(text));
    return out.append('}').toString();
  }

  private Future<Reply> write(String key, Buffer body, String who) {
    Overrides.Text text = parsed(body);
    List<Problem> problems = check.problems(text.value(), key);
    if (!problems.isEmpty()) {
      throw new Refusal(problems.stream().map(ManualApi::line).collect(Collectors.joining("\n")));
    }
    return known(key)
        .compose(
            before ->
                overrides
                    .write(key, text.value(), text.version())
                    .compose(
                        stored ->
                            stored
                                ? told(key, before, text.value(), who)
                                : Future.succeededFuture(Reply.error(409, "version mismatch"))));
  }

  /** What is stored now; that it cannot be read shall not keep anybody from writing. */
  private Future<Optional<Overrides.Text>> known(String key) {
    return overrides.read(key).map(Optional::of).otherwise(Optional.empty());
  }

  private Future<Reply> told(String key, Optional<Overrides.Text> before, String text, String who) {
    return known(key)
        .map(
            after -> {
              LineChange lines =
                  LineChange.between(before.map(Overrides.Text::value).orElse(""), text);
              LOG.log(
                  INFO,
                  "overrides \"{0}\" written by {1}: {2} lines added, {3} removed, version {4} to"
                      + " {5}",
                  key,
                  who,
                  Integer.toString(lines.added()),
                  Integer.toString(lines.removed()),
                  before.map(ManualApi::version).orElse("unknown"),
                  after.map(ManualApi::version).orElse("unknown"));
              return Reply.empty(200);
            });
  }

  private static String version(Overrides.Text text) {
    return Long.toUnsignedString(text.version());
  }

  private static String line(Problem problem) {
    String fits = problem.fits().isEmpty() ? "" : "; what fits: " + problem.fits();
    return "line " + problem.origin().line() + ": " + problem.reason() + fits;
  }

  /** Reads {@code {"value":"...","version":"42"}}; a missing version is 0, as for a new key. */
  private static Overrides.Text parsed(Buffer body) {
    if (body.length() == 0) {
      throw new Refusal("EOF");
    }
    Object json;
    try {
      json = Json.decodeValue(body);
    } catch (DecodeException e) {
      throw new Refusal("the body is not JSON; {\"value\":\"...\",\"version\":\"42\"} would fit");
    }
    if (!(json instanceof JsonObject object)) {
      throw new Refusal("the body must be a JSON object with value and version");
    }
    if (!(object.getValue(key(object, "value")) instanceof String value)) {
      throw new Refusal("value must be a string, even to empty the text");
    }
    String version = key(object, "version");
    return new Overrides.Text(
        value, object.containsKey(version) ? version(object.getValue(version)) : 0);
  }

  /** The name in the case it has there, which any has in Go; the very name counts more. */
  private static String key(JsonObject object, String name) {
    return object.containsKey(name)
        ? name
        : object.fieldNames().stream().filter(name::equalsIgnoreCase).findFirst().orElse(name);
  }

  private static long version(@Nullable Object given) {
    if (given instanceof String digits && digits.matches("[0-9]{1,20}")) {
      try {
        return Long.parseUnsignedLong(digits);
      } catch (NumberFormatException e) {
        throw new Refusal("version is out of range");
      }
    }
    throw new Refusal("version must be a string of digits, as it was read");
  }

  private static Reply broken(Throwable failure) {
    return Reply.error(500, firstLine(failure));
  }

  private static String firstLine(Throwable failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
