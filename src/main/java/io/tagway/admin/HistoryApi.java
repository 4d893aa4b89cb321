package io.tagway.admin;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.List;

/**
 * {@code /api/history}: the last changes of the table, newest first, and the problems found. {@code
 * ?since=ID} leaves out the changes up to that one. Ids begin anew with each run of the process,
 * which {@code run} names.
 */
final class HistoryApi {
  private final History history;
  private final String run;

  HistoryApi(History history, Instant started) {
    this.history = history;
    this.run = Long.toString(started.toEpochMilli(), Character.MAX_RADIX);
  }

  Reply answer(HttpServerRequest request, boolean pretty) {
    if (!request.method().equals(HttpMethod.GET)) {
      return Reply.notAllowed("GET");
    }
    String asked = request.getParam("since", "0");
    if (!asked.matches("[0-9]{1,18}")) {
      return Reply.error(400, "since must be the id of a change");
    }
    long since = Long.parseLong(asked);
    History.Snapshot now = history.snapshot();
    List<History.Change> changes =
        now.changes().stream().filter(change -> change.id() > since).toList();
    StringBuilder out = new StringBuilder();
    TableJson.text(out.append('{'), "run", run);
    out.append(",\"version\":").append(now.version());
    TableJson.list(out.append(",\"changes\":"), changes, HistoryApi::change);
    TableJson.list(out.append(",\"problems\":"), now.problems(), HistoryApi::found);
    return Reply.json(out.append('}').toString(), pretty);
  }

  private static void change(StringBuilder out, History.Change change) {
    out.append("{\"id\":").append(change.id());
    TableJson.text(out.append(','), "at", change.at().toString());
    out.append(",\"first\":").append(change.first()).append(',');
    DifferenceJson.members(out, change.difference());
    out.append('}');
  }

  private static void found(StringBuilder out, History.Found found) {
    TableJson.text(out.append('{'), "since", found.since().toString());
    Instant mended = found.mended();
    if (mended != null) {
      TableJson.text(out.append(','), "mended", mended.toString());
    }
    StatusReport.problem(out.append(",\"problem\":"), found.problem());
    out.append('}');
  }
}
