package io.tagway;

import io.tagway.admin.LogControl;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Writes the log in Fabio's form, {@code YYYY/MM/DD HH:MM:SS [LEVEL] text}, one write a message.
 * The rooms log through {@link System.Logger}, whose backend in the JDK is java.util.logging.
 */
final class LogOutput extends Handler implements LogControl {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss");

  // Held here because java.util.logging forgets a logger, and its level, that nobody refers to.
  private final Logger root = Logger.getLogger("");
  private final Logger own = Logger.getLogger("io.tagway");
  private final Logger acceptor = Logger.getLogger("io.netty.bootstrap.ServerBootstrap");
  private final PrintStream out;
  private final InstantSource clock;
  private final ZoneId zone;

  LogOutput(PrintStream out, InstantSource clock, ZoneId zone) {
    this.out = out;
    this.clock = clock;
    this.zone = zone;
  }

  /** Makes this the only output of the process, at INFO; libraries speak up from WARN on. */
  void install() {
    LogManager.getLogManager().reset();
    root.addHandler(this);
    // Netty's word, with a stack trace, for a connection that came while its port was being closed.
    acceptor.setFilter(
        entry -> !entry.getMessage().startsWith("Failed to register an accepted channel"));
    setLevel(LogLevel.INFO);
  }

  /** Changes what Tagway's own rooms log; may be called at any time. */
  void setLevel(LogLevel level) {
    own.setLevel(level.jdk());
    Level forLibraries =
        level.jdk().intValue() > Level.WARNING.intValue() ? level.jdk() : Level.WARNING;
    root.setLevel(forLibraries);
  }

  /** The level in use. */
  @Override
  public String level() {
    return LogLevel.of(own.getLevel()).name();
  }

  @Override
  public List<String> levels() {
    return Arrays.stream(LogLevel.values()).map(LogLevel::name).toList();
  }

  @Override
  public void setLevel(String name) {
    setLevel(LogLevel.valueOf(name));
  }

  /** What ends the process; written whatever the level is. */
  void fatal(String text) {
    publish(new LogRecord(LogLevel.FATAL.jdk(), text));
  }

  /** The same, with what was thrown. */
  void fatal(String text, Throwable thrown) {
    LogRecord entry = new LogRecord(LogLevel.FATAL.jdk(), text);
    entry.setThrown(thrown);
    publish(entry);
  }

  @Override
  public void publish(LogRecord entry) {
    String text = entry.getMessage();
    if (entry.getParameters() != null && entry.getParameters().length > 0) {
      text = java.text.MessageFormat.format(text, entry.getParameters());
    }
    StringBuilder line = new StringBuilder();
    line.append(TIME.format(clock.instant().atZone(zone)))
        .append(" [")
        .append(LogLevel.of(entry.getLevel()))
        .append("] ");
    appendShown(line, text);
    // A known failure needs its cause in words; only a fault of ours needs the stack.
    if (entry.getThrown() != null) {
      StringWriter trace = new StringWriter();
      entry.getThrown().printStackTrace(new PrintWriter(trace));
      line.append('\n');
      appendShown(line, trace.toString().stripTrailing());
    }
    line.append('\n');
    out.print(line);
    out.flush();
  }

  /** What others have sent cannot move the cursor of a terminal, or hide what stands beside it. */
  private static void appendShown(StringBuilder line, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int type = Character.getType(c);
      if (type == Character.FORMAT || (type == Character.CONTROL && c != '\n' && c != '\t')) {
        line.append(c < 0x100 ? "\\x%02x".formatted((int) c) : "\\u%04x".formatted((int) c));
      } else {
        line.append(c);
      }
    }
  }

  @Override
  public void flush() {
    out.flush();
  }

  @Override
  public void close() {
    out.flush();
  }
}
