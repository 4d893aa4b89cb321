package io.tagway.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an access log format: {@code common}, {@code combined}, {@code json}, or text with {@code
 * $fields}. A field is {@code $} and the longest run of letters, digits, {@code _} and {@code -};
 * {@code $header.NAME} is a request header. {@code $$} and a {@code $} before anything else start
 * plain text up to the next {@code $}.
 */
public final class AccessLogFormat {
  static final String FITS = "common, combined, json, or text with $fields";

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

  /** A part of a format. */
  public sealed interface Piece {}

  /** Stands for itself. */
  public record Text(String text) implements Piece {}

  /** One of the fields, without the {@code $}. */
  public record Field(String name) implements Piece {}

  /** A request header. */
  public record Header(String name) implements Piece {}

  /** The names of all fields but headers. */
  public static Set<String> fields() {
    return FIELDS;
  }

  /** What is wrong with the format; empty = nothing. */
  static Optional<String> complaint(String format) {
    if (format.isEmpty()) {
      return Optional.of("empty log format");
    }
    for (Piece piece : pieces(format)) {
      if (piece instanceof Field field && !FIELDS.contains(field.name())) {
        return Optional.of(
            "invalid field \"$"
                + field.name()
                + "\""
                + Nearest.question(field.name(), FIELDS, "$"));
      }
    }
    return Optional.empty();
  }

  /** Takes a format apart; {@code common} and {@code combined} must have been resolved before. */
  public static List<Piece> pieces(String format) {
    List<Piece> pieces = new ArrayList<>();
    Matcher field = FIELD.matcher(format);
    int at = 0;
    while (at < format.length()) {
      int behind;
      if (format.charAt(at) == '$' && field.region(at, format.length()).lookingAt()) {
        String name = field.group(1);
        String header = field.group(2);
        boolean isHeader = name.equals("header") && header != null && !header.isEmpty();
        pieces.add(isHeader ? new Header(header) : new Field(name));
        behind = isHeader ? field.end() : field.end(1);
      } else {
        int next = format.indexOf('$', at + (format.startsWith("$$", at) ? 2 : 1));
        behind = next < 0 ? format.length() : next;
        pieces.add(new Text(format.substring(at, behind)));
      }
      at = behind;
    }
    return pieces;
  }
}
