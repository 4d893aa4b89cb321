package io.tagway.proxy;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Warnings about connections, from any thread; when there are many in one second, some of them are
 * only counted.
 */
public final class Notices {
  private static final int LINES_PER_SECOND = 10;

  private final System.Logger log;
  private final LongSupplier nanoClock;
  private final Flood flood = new Flood(LINES_PER_SECOND);

  public Notices(System.Logger log, LongSupplier nanoClock) {
    this.log = log;
    this.nanoClock = nanoClock;
  }

  /** Logs the text, which is made only then, or counts it. */
  public void warn(Supplier<String> text) {
    String more;
    synchronized (flood) {
      more = flood.pass(nanoClock.getAsLong());
    }
    if (more != null) {
      log.log(System.Logger.Level.WARNING, text.get() + more);
    }
  }
}
