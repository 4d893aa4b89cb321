package io.tagway.admin;

import io.tagway.registry.Overrides;
import io.tagway.registry.Registry;
import io.tagway.route.CommandText;
import io.tagway.route.Difference;
import io.tagway.route.Line;
import io.tagway.route.Origin;
import io.tagway.route.Problem;
import io.tagway.route.Table;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * {@code /api/preview}: what is wrong with a text of manual commands, and what it would change in
 * the table of this moment. Takes {@code {"path":"/KEY","value":"TEXT"}} and changes nothing. The
 * work is done off the event loops, one text after the other.
 */
final class Preview {
  /** More than anybody reads; the numbers count all. */
  private static final int MOST_CHANGES = 200;

  private final Vertx vertx;
  private final Registry registry;
  private final OverrideCheck check;
  private final WriteGuard guard;

  Preview(Vertx vertx, Registry registry, OverrideCheck check, WriteGuard guard) {
    this.vertx = vertx;
    this.registry = registry;
    this.check = check;
    this.guard = guard;
  }

  Future<Reply> answer(HttpServerRequest request, boolean pretty) {
    if (!request.method().equals(HttpMethod.POST)) {
      return Future.succeededFuture(Reply.notAllowed("POST"));
    }
    return guard
        .refusal(request)
        .map(Future::succeededFuture)
        .orElseGet(
            () ->
                RequestBody.of(request, ManualApi.MOST_BODY_BYTES, "1 MiB")
                    .map(Preview::asked)
                    .compose(asked -> vertx.executeBlocking(() -> json(asked)))
                    .map(json -> Reply.json(json, pretty))
                    .recover(Refusal::answered));
  }

  private record Asked(String path, String text) {}

  private static Asked asked(Buffer body) {
    JsonObject object = RequestBody.object(body);
    if (object.getValue("path") instanceof String path
        && object.getValue("value") instanceof String text) {
      return new Asked(path, text);
    }
    throw new Refusal("the body must be {\"path\":\"/KEY\",\"value\":\"TEXT\"}");
  }

  private String json(Asked asked) {
    Overrides overrides = registry.overrides();
    String name = overrides.originName(asked.path());
    Origin origin = new Origin(Origin.Kind.OVERRIDE, name, "", 0);
    Table now = registry.table().get();
    Table then = now.tryManual(with(now.manual(), origin, asked.text()));
    List<Problem> errors = check.problems(asked.text(), name);
    StringBuilder out = new StringBuilder("{");
    TableJson.list(out.append("\"errors\":"), errors, StatusReport::problem);
    TableJson.list(
        out.append(",\"warnings\":"), warnings(then, name, errors), StatusReport::problem);
    DifferenceJson.members(out.append(','), Difference.between(now, then, MOST_CHANGES));
    return out.append('}').toString();
  }

  /** The commands of all texts in the order of their keys, one of them replaced. */
  private static List<Line> with(List<Line> lines, Origin origin, String text) {
    TreeMap<String, List<Line>> texts = new TreeMap<>();
    for (Line line : lines) {
      texts.computeIfAbsent(place(line.origin()), any -> new ArrayList<>()).add(line);
    }
    texts.put(place(origin), CommandText.parse(text, origin).lines());
    return texts.values().stream().flatMap(List::stream).toList();
  }

  /** Routes of a file or of the configuration are no override, whatever their name. */
  private static String place(Origin origin) {
    return origin.kind() + " " + origin.name();
  }

  /** What cannot be carried out at the moment: it may be stored, as services come and go. */
  private static List<Problem> warnings(Table then, String name, List<Problem> errors) {
    Set<Integer> bad = new HashSet<>();
    errors.forEach(problem -> bad.add(problem.origin().line()));
    return then.problems().stream()
        .filter(problem -> problem.origin().kind() == Origin.Kind.OVERRIDE)
        .filter(problem -> problem.origin().name().equals(name))
        .filter(problem -> !bad.contains(problem.origin().line()))
        .toList();
  }
}
