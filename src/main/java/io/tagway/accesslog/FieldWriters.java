package io.tagway.accesslog;

import io.tagway.proxy.Outcome;
import io.tagway.route.Target;
import java.nio.charset.StandardCharsets;

/** How each field of a format is written. */
final class FieldWriters {
  private static final long SECOND_NANOS = 1_000_000_000L;

  private FieldWriters() {}

  static FieldWriter text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return (entry, to) -> to.plain(bytes);
  }

  static FieldWriter header(String name) {
    return (entry, to) -> to.text(entry.header(name));
  }

  /**
   * @param name one of {@link io.tagway.config.AccessLogFormat#fields()}
   */
  static FieldWriter field(String name) {
    return switch (name) {
      case "remote_addr" -> FieldWriters::remoteAddress;
      case "remote_host" -> FieldWriters::remoteHost;
      case "remote_port" -> (entry, to) -> to.number(entry.asked().peerPort());
      case "request" -> FieldWriters::request;
      case "request_args" -> FieldWriters::arguments;
      case "request_host" -> (entry, to) -> to.text(entry.sentHost());
      case "request_method" -> (entry, to) -> to.text(entry.asked().method());
      case "request_proto" -> (entry, to) -> to.text(entry.asked().protocol());
      case "request_scheme" -> (entry, to) -> to.text(entry.scheme());
      case "request_uri" -> (entry, to) -> to.text(entry.asked().uri());
      case "request_url" -> FieldWriters::url;
      case "response_body_size" -> (entry, to) -> to.number(entry.bodyBytes());
      case "response_status" -> (entry, to) -> to.number(entry.status());
      case "response_time_ms" -> (entry, to) -> seconds(entry.durationNanos(), 3, to);
      case "response_time_us" -> (entry, to) -> seconds(entry.durationNanos(), 6, to);
      case "response_time_ns" -> (entry, to) -> seconds(entry.durationNanos(), 9, to);
      case "time_common" -> (entry, to) -> to.plain(entry.time().common(entry.epochSecond()));
      case "time_rfc3339" -> (entry, to) -> rfc3339(entry, 0, to);
      case "time_rfc3339_ms" -> (entry, to) -> rfc3339(entry, 3, to);
      case "time_rfc3339_us" -> (entry, to) -> rfc3339(entry, 6, to);
      case "time_rfc3339_ns" -> (entry, to) -> rfc3339(entry, 9, to);
      case "time_unix_ms" -> (entry, to) -> unix(entry, 3, to);
      case "time_unix_us" -> (entry, to) -> unix(entry, 6, to);
      case "time_unix_ns" -> (entry, to) -> unix(entry, 9, to);
      case "upstream_addr" -> (entry, to) -> to.text(Utf8.octets(entry.target().authority()));
      case "upstream_host" -> FieldWriters::upstreamHost;
      case "upstream_port" -> (entry, to) -> to.number(entry.target().port());
      case "upstream_request_scheme" -> (entry, to) -> to.text(entry.target().scheme());
      case "upstream_request_uri" -> (entry, to) -> to.text(entry.upstreamUri());
      case "upstream_request_url" -> FieldWriters::upstreamUrl;
      case "upstream_service" -> (entry, to) -> to.text(Utf8.octets(entry.target().service()));
      default -> throw new IllegalArgumentException("no field: " + name);
    };
  }

  /** Seconds, cut after so many digits behind the point. */
  static void seconds(long nanos, int digits, LineBytes to) {
    to.number(nanos / SECOND_NANOS);
    to.plain('.');
    to.digits(cut(nanos % SECOND_NANOS, digits), digits);
  }

  static void rfc3339(Entry entry, int digits, LineBytes to) {
    to.plain(entry.time().rfc3339(entry.epochSecond()));
    if (digits > 0) {
      to.plain('.');
      to.digits(cut(entry.nano(), digits), digits);
    }
    to.plain('Z');
  }

  private static void unix(Entry entry, int digits, LineBytes to) {
    to.number(entry.epochSecond());
    to.digits(cut(entry.nano(), digits), digits);
  }

  /** The first so many of nine digits. */
  private static long cut(long nanos, int digits) {
    return digits == 3 ? nanos / 1_000_000 : digits == 6 ? nanos / 1_000 : nanos;
  }

  private static void remoteHost(Entry entry, LineBytes to) {
    bracketed(entry.asked().peer(), to);
  }

  private static void remoteAddress(Entry entry, LineBytes to) {
    remoteHost(entry, to);
    to.plain(':');
    to.number(entry.asked().peerPort());
  }

  private static void upstreamHost(Entry entry, LineBytes to) {
    bracketed(Utf8.octets(entry.target().host()), to);
  }

  private static void bracketed(String host, LineBytes to) {
    boolean brackets = host.indexOf(':') >= 0;
    if (brackets) {
      to.plain('[');
    }
    to.text(host);
    if (brackets) {
      to.plain(']');
    }
  }

  private static void request(Entry entry, LineBytes to) {
    Outcome.Asked asked = entry.asked();
    to.text(asked.method());
    to.plain(' ');
    to.text(asked.uri());
    to.plain(' ');
    to.text(asked.protocol());
  }

  private static void arguments(Entry entry, LineBytes to) {
    String uri = entry.asked().uri();
    int mark = uri.indexOf('?');
    if (mark >= 0) {
      to.text(uri.substring(mark + 1));
    }
  }

  private static void url(Entry entry, LineBytes to) {
    to.text(entry.scheme());
    to.text("://");
    to.text(entry.asked().host());
    to.text(entry.normalUri());
  }

  static void upstreamUrl(Entry entry, LineBytes to) {
    Target target = entry.target();
    to.text(target.scheme());
    to.text("://");
    to.text(Utf8.octets(target.authority()));
    to.text(entry.upstreamUri());
  }
}
