package io.tagway.accesslog;

import io.tagway.proxy.Outcome;
import io.tagway.route.Route;
import io.tagway.route.Target;

/**
 * Every outcome as a JSON object; {@code docs/logs.md} has the schema. What does not apply to an
 * outcome is left out.
 */
final class JsonFormat implements LineFormat {
  private static final long MILLI_NANOS = 1_000_000L;

  @Override
  public boolean logs(Outcome outcome) {
    return true;
  }

  @Override
  public void write(Entry entry, LineBytes to) {
    Outcome.Asked asked = entry.asked();
    to.text("{\"time\":\"");
    FieldWriters.rfc3339(entry, 3, to);
    to.plain('"');
    text("outcome", kind(entry.outcome()), to);
    number("status", entry.status(), to);
    text("client", asked.peer(), to);
    number("client_port", asked.peerPort(), to);
    text("protocol", asked.protocol(), to);
    text("method", asked.method(), to);
    text("scheme", entry.scheme(), to);
    text("host", asked.host(), to);
    text("uri", asked.uri(), to);
    text("referer", entry.header("Referer"), to);
    text("user_agent", entry.header("User-Agent"), to);
    number("bytes", entry.bodyBytes(), to);
    millis("duration_ms", entry.durationNanos(), to);
    target(entry, to);
    details(entry.outcome(), to);
    to.plain('}');
  }

  private static String kind(Outcome outcome) {
    if (outcome instanceof Outcome.Answered) {
      return "answered";
    }
    if (outcome instanceof Outcome.Tunnelled) {
      return "tunnelled";
    }
    return outcome instanceof Outcome.Failed ? "failed" : "own";
  }

  private static void target(Entry entry, LineBytes to) {
    Target target = entry.target();
    if (target.isNone()) {
      return;
    }
    text("service", Utf8.octets(target.service()), to);
    Route route = target.route();
    text("route", Utf8.octets(route.host() + route.path()), to);
    if (!entry.upstreamUri().isEmpty()) {
      text("upstream", Utf8.octets(target.authority()), to);
      text("upstream_uri", entry.upstreamUri(), to);
      number("tries", entry.tries(), to);
    }
  }

  private static void details(Outcome outcome, LineBytes to) {
    if (outcome instanceof Outcome.Answered answered) {
      millis("head_ms", answered.headNanos(), to);
    } else if (outcome instanceof Outcome.Tunnelled tunnelled) {
      millis("head_ms", tunnelled.headNanos(), to);
      text("tunnel", tunnelled.protocol(), to);
      number("sent_bytes", tunnelled.sentBytes(), to);
    } else if (outcome instanceof Outcome.Failed failed) {
      text("failure", failed.failure().text(), to);
    }
  }

  private static void name(String name, LineBytes to) {
    to.text(",\"");
    to.text(name);
    to.text("\":");
  }

  private static void number(String name, long number, LineBytes to) {
    name(name, to);
    to.number(number);
  }

  private static void millis(String name, long nanos, LineBytes to) {
    name(name, to);
    to.number(nanos / MILLI_NANOS);
    to.plain('.');
    to.digits(nanos % MILLI_NANOS / 1000, 3);
  }

  private static void text(String name, String text, LineBytes to) {
    if (!text.isEmpty()) {
      name(name, to);
      to.plain('"');
      JsonText.write(text, to);
      to.plain('"');
    }
  }
}
