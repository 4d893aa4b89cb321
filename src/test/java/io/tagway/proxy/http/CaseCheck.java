package io.tagway.proxy.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compares what happened with the {@code expect} part of a case. */
final class CaseCheck {
  private final Map<String, String> names;
  private final List<String> faults = new ArrayList<>();

  private CaseCheck(Map<String, String> names) {
    this.names = names;
  }

  /** What does not fit; empty if everything does. */
  static List<String> faults(
      JsonObject expect,
      CaseClient.Result result,
      List<RawMessage> seen,
      Map<String, String> names) {
    CaseCheck check = new CaseCheck(names);
    check.result(expect, result);
    if (expect.containsKey("upstream")) {
      check.upstream(expect.getJsonObject("upstream"), seen);
    }
    return check.faults;
  }

  /** What does not fit of the access log: each expression is to match a whole line, or none. */
  static List<String> log(JsonObject expect, List<String> lines, Map<String, String> names) {
    CaseCheck check = new CaseCheck(names);
    for (Object want : expect.getJsonArray("log", new JsonArray())) {
      check.expect(check.matches(want, lines), "log: want " + want + " got " + lines);
    }
    for (Object unwanted : expect.getJsonArray("nolog", new JsonArray())) {
      check.expect(!check.matches(unwanted, lines), "log: not " + unwanted + " got " + lines);
    }
    return check.faults;
  }

  private boolean matches(Object expression, List<String> lines) {
    Pattern pattern = Pattern.compile(wire((String) expression));
    return lines.stream().anyMatch(line -> pattern.matcher(line).matches());
  }

  private void result(JsonObject expect, CaseClient.Result result) {
    RawMessage answer = result.answer();
    if (expect.containsKey("error")) {
      text("error", expect.getValue("error"), result.error());
      return;
    }
    expect(result.error().isEmpty(), result.error());
    if (expect.containsKey("alpn")) {
      text("alpn", expect.getValue("alpn"), result.alpn());
    }
    if (expect.getBoolean("closed", false)) {
      expect(answer == null, "expected a close without an answer, got " + start(answer));
    } else if (!expect.getBoolean("aborted", false)) {
      if (answer == null) {
        faults.add("no answer");
        return;
      }
      answer(expect, answer, result);
      arrivals(expect, result);
    }
    if (expect.containsKey("min_ms")) {
      expect(result.millis() >= expect.getLong("min_ms"), "too quick: " + result.millis());
    }
    if (expect.containsKey("max_ms")) {
      expect(result.millis() <= expect.getLong("max_ms"), "too slow: " + result.millis());
    }
    if (expect.containsKey("eof")) {
      expect(expect.getBoolean("eof") == result.eof(), "closed: " + result.eof());
    }
  }

  private static String start(@Nullable RawMessage answer) {
    return answer == null ? "nothing" : answer.start();
  }

  private void answer(JsonObject expect, RawMessage answer, CaseClient.Result result) {
    Object status = expect.getValue("status");
    if (status != null) {
      boolean fits =
          status instanceof JsonArray all
              ? all.contains(answer.status())
              : status.equals(answer.status());
      expect(fits, "status: want " + status + " got " + answer.status());
    }
    if (expect.containsKey("proto")) {
      text("proto", expect.getValue("proto"), answer.word(0));
    }
    lines("header", expect.getJsonObject("headers"), answer.headers());
    lines("trailer", expect.getJsonObject("trailers"), answer.trailers());
    if (expect.containsKey("body")) {
      body("body", expect.getValue("body"), answer.body());
    }
    if (expect.containsKey("after")) {
      String after = CaseValue.wire(expect.getValue("after"));
      expect(after.equals(result.after()), "after the head: " + brief(result.after()));
    }
    boolean cut = expect.getBoolean("truncated", false);
    expect(answer.complete() != cut, cut ? "answer should be cut short" : "answer is incomplete");
  }

  private void arrivals(JsonObject expect, CaseClient.Result result) {
    if (expect.containsKey("interim")) {
      List<Integer> codes = result.interim().stream().map(RawMessage::status).toList();
      expect(codes.equals(expect.getJsonArray("interim").getList()), "interim answers: " + codes);
    }
    List<RawMessage.Line> interim = new ArrayList<>();
    result.interim().forEach(one -> interim.addAll(one.headers()));
    lines("interim header", expect.getJsonObject("interim_headers"), interim);
    for (Object one : expect.getJsonArray("stream", new JsonArray())) {
      JsonObject by = (JsonObject) one;
      StringBuilder text = new StringBuilder();
      for (CaseClient.Arrival arrival : result.arrivals()) {
        text.append(arrival.millis() <= by.getLong("by_ms") ? arrival.text() : "");
      }
      String got = text.toString();
      if (by.containsKey("text")) {
        expect(got.startsWith(by.getString("text")), "by " + by + " got " + got);
      }
      if (by.containsKey("not")) {
        expect(!got.contains(by.getString("not")), "by " + by + " got " + got);
      }
    }
  }

  private void upstream(@Nullable JsonObject expect, List<RawMessage> seen) {
    if (expect == null) {
      expect(seen.isEmpty(), "upstream should not have been asked, saw " + seen);
      return;
    }
    if (seen.isEmpty()) {
      faults.add("upstream saw no request");
      return;
    }
    RawMessage last = seen.get(seen.size() - 1);
    if (expect.containsKey("count")) {
      expect(expect.getInteger("count") == seen.size(), "upstream requests: " + seen.size());
    }
    String[] parts = {"method", "path", "proto"};
    for (int i = 0; i < parts.length; i++) {
      if (expect.containsKey(parts[i])) {
        text("upstream " + parts[i], expect.getValue(parts[i]), last.word(i));
      }
    }
    for (String part : List.of("sni", "alpn")) {
      if (expect.containsKey(part)) {
        JsonObject asked = new JsonObject().put(':' + part, expect.getValue(part));
        lines("upstream TLS", asked, last.headers());
      }
    }
    lines("upstream header", expect.getJsonObject("headers"), last.headers());
    lines("upstream trailer", expect.getJsonObject("trailers"), last.trailers());
    if (expect.containsKey("body")) {
      body("upstream body", expect.getValue("body"), last.body());
    }
  }

  private void lines(String what, @Nullable JsonObject expect, List<RawMessage.Line> lines) {
    if (expect == null) {
      return;
    }
    for (String name : expect.fieldNames()) {
      List<String> got = RawMessage.all(lines, name);
      Object want = expect.getValue(name);
      String label = what + " " + name;
      if (want == null) {
        expect(got.isEmpty(), label + " should be absent, got " + got);
      } else if (want instanceof JsonArray all) {
        List<String> filled = all.stream().map(one -> wire((String) one)).toList();
        expect(filled.equals(got), label + ": want " + filled + " got " + got);
      } else {
        expect(!got.isEmpty(), label + " is missing");
        text(label, want, String.join(", ", got));
      }
    }
  }

  private String wire(String text) {
    return CaseValue.wire(CaseValue.fill(text, names));
  }

  private void text(String what, Object want, String got) {
    boolean fits;
    if (want instanceof String text) {
      fits = wire(text).equals(got);
    } else {
      JsonObject matcher = (JsonObject) want;
      String key = matcher.fieldNames().iterator().next();
      Object value = matcher.getValue(key);
      fits =
          switch (key) {
            case "re" ->
                Pattern.compile(wire((String) value), Pattern.DOTALL).matcher(got).matches();
            case "contains" -> got.contains(wire((String) value));
            case "lacks" -> !got.contains(wire((String) value));
            case "not" -> !got.equals(wire((String) value));
            case "one_of" -> ((JsonArray) value).contains(got);
            case "any" -> true;
            case "repeat" -> CaseValue.wire(want).equals(got);
            default -> throw new IllegalArgumentException("unknown matcher " + want);
          };
    }
    expect(fits, what + ": want " + brief(want) + " got " + brief(got));
  }

  private void body(String what, Object want, String got) {
    if (want instanceof JsonObject matcher && matcher.containsKey("len")) {
      expect(matcher.getInteger("len") == got.length(), what + ": " + got.length() + " bytes");
    } else if (want instanceof JsonObject matcher
        && (matcher.containsKey("repeat")
            || matcher.containsKey("b64")
            || matcher.containsKey("gzip"))) {
      expect(CaseValue.wire(want).equals(got), what + " differs");
    } else if (want instanceof JsonObject matcher && matcher.containsKey("gunzip")) {
      expect(
          CaseValue.wire(matcher.getValue("gunzip")).equals(CaseValue.gunzip(got)),
          what + " differs");
    } else {
      text(what, want, got);
    }
  }

  private static String brief(Object value) {
    String text = value.toString();
    return text.length() < 300 ? text : text.substring(0, 300) + "...";
  }

  private void expect(boolean fits, String fault) {
    if (!fits) {
      faults.add(fault);
    }
  }
}
