package io.tagway.config;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks an access log format: {@code common}, {@code combined}, or text with {@code $fields}. A
 * field is {@code $} and the longest run of letters, digits, {@code _} and {@code -}; {@code
 * $header.NAME} is a request header. {@code $$} and a {@code $} before anything else start plain
 * text up to the next {@code $}.
 */
final class AccessLogFormat {
  static final String FITS = "common, combined, or text with $fields";

  private static final Pattern FIELD =
      Pattern.compile("\\$([A-Za-z0-9_-]+)(?:\\.([A-Za-z0-9_-]*))?");
  private static final Set<String> FIELDS =
      Set.of(
          "remote_addr",
          "remote_host",
          "remote_port",
          "request",
          "request_args",
          "request_host",
          "request_method",
          "request_proto",
          "request_scheme",
          "request_uri",
          "request_url",
          "response_body_size",
          "response_status",
          "response_time_ms",
          "response_time_ns",
          "response_time_us",
          "time_common",
          "time_rfc3339",
          "time_rfc3339_ms",
          "time_rfc3339_ns",
          "time_rfc3339_us",
          "time_unix_ms",
          "time_unix_ns",
          "time_unix_us",
          "upstream_addr",
          "upstream_host",
          "upstream_port",
          "upstream_request_scheme",
          "upstream_request_uri",
          "upstream_request_url",
          "upstream_service");

  private AccessLogFormat() {}

  /** What is wrong with the format; empty = nothing. */
  static Optional<String> complaint(String format) {
    if (format.isEmpty()) {
      return Optional.of("empty log format");
    }
    Matcher field = FIELD.matcher(format);
    int at = format.indexOf('$');
    while (at >= 0) {
      int behind;
      if (field.region(at, format.length()).lookingAt()) {
        String name = field.group(1);
        boolean header =
            name.equals("header") && field.group(2) != null && !field.group(2).isEmpty();
        if (!header && !FIELDS.contains(name)) {
          return Optional.of(
              "invalid field \"$" + name + "\"" + Nearest.question(name, FIELDS, "$"));
        }
        behind = header ? field.end() : field.end(1);
      } else {
        behind = at + (format.startsWith("$$", at) ? 2 : 1);
      }
      at = format.indexOf('$', behind);
    }
    return Optional.empty();
  }
}
