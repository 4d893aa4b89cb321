package io.tagway.accesslog;

import io.tagway.config.AccessLogFormat;
import io.tagway.proxy.Outcome;

/** A format made ready: which outcomes have a line, and how it is written. */
interface LineFormat {
  /** Whether there is a line for this outcome. */
  boolean logs(Outcome outcome);

  /** Writes the line without its end; nothing if there is to be none. */
  void write(Entry entry, LineBytes to);

  /**
   * @param format {@code common}, {@code combined}, {@code json} or text with {@code $fields}
   */
  static LineFormat of(String format) {
    String common =
        "$remote_host - - [$time_common] \"$request\" $response_status $response_body_size";
    return switch (format) {
      case "json" -> new JsonFormat();
      case "common" -> fields(common);
      case "combined" -> fields(common + " \"$header.Referer\" \"$header.User-Agent\"");
      default -> fields(format);
    };
  }

  private static LineFormat fields(String format) {
    FieldWriter[] writers =
        AccessLogFormat.pieces(format).stream().map(LineFormat::writer).toArray(FieldWriter[]::new);
    return new LineFormat() {
      /** As Fabio: what was passed on to a target, or should have been. */
      @Override
      public boolean logs(Outcome outcome) {
        return outcome instanceof Outcome.Answered
            || outcome instanceof Outcome.Tunnelled
            || (outcome instanceof Outcome.Failed failed && failed.tries() > 0);
      }

      @Override
      public void write(Entry entry, LineBytes to) {
        for (FieldWriter writer : writers) {
          writer.write(entry, to);
        }
      }
    };
  }

  private static FieldWriter writer(AccessLogFormat.Piece piece) {
    if (piece instanceof AccessLogFormat.Field field) {
      return FieldWriters.field(field.name());
    }
    if (piece instanceof AccessLogFormat.Header header) {
      return FieldWriters.header(header.name());
    }
    return FieldWriters.text(((AccessLogFormat.Text) piece).text());
  }
}
