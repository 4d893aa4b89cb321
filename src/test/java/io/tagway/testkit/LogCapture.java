package io.tagway.testkit;

import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Everything that is logged while it is open, by us and by the libraries. */
public final class LogCapture extends Handler implements AutoCloseable {
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();
  private final Logger root = Logger.getLogger("");

  public LogCapture() {
    root.addHandler(this);
  }

  @Override
  public void publish(LogRecord record) {
    records.add(record);
  }

  /** The lines that contain the text. */
  public List<String> lines(String part) {
    return records.stream().map(LogCapture::text).filter(line -> line.contains(part)).toList();
  }

  /** Lines that would alarm somebody: warnings, and whatever has a stack trace. */
  public List<String> alarms() {
    return records.stream()
        .filter(
            record ->
                record.getLevel().intValue() >= Level.WARNING.intValue()
                    || record.getThrown() != null)
        .map(LogCapture::text)
        .toList();
  }

  private static String text(LogRecord record) {
    Object[] parameters = record.getParameters();
    return record.getLevel()
        + " "
        + (parameters == null || parameters.length == 0
            ? record.getMessage()
            : MessageFormat.format(record.getMessage(), parameters))
        + (record.getThrown() == null ? "" : " " + record.getThrown());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    root.removeHandler(this);
  }
}
