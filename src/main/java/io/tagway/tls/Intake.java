package io.tagway.tls;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What one source has, who hears of it, and what the log says. A source that fails, or that all of
 * a sudden has nothing usable, keeps what it had.
 *
 * <p>{@link #current()} is for any thread; the rest is called by one thread after the other.
 */
final class Intake {
  private static final Logger LOG = System.getLogger(Intake.class.getName());

  private final String source;
  private final PairReader reader = new PairReader();
  private final List<Consumer<Certificates>> observers = new CopyOnWriteArrayList<>();
  private volatile Certificates current = Certificates.NONE;
  private String trouble = "";

  /**
   * @param source its name in {@code proxy.cs}
   */
  Intake(String source) {
    this.source = source;
  }

  String source() {
    return source;
  }

  Certificates current() {
    return current;
  }

  void observe(Consumer<Certificates> observer) {
    observers.add(observer);
  }

  /** The source could be read. */
  void loaded(List<PemPair> pairs) {
    Certificates next = reader.read(pairs, problem -> log(Level.WARNING, "skipped " + problem));
    if (next.isEmpty()) {
      trouble(
          current.isEmpty()
              ? "has no certificates, so that every handshake will fail"
              : "has no certificates any more; those it had stay in use");
      return;
    }
    if (!trouble.isEmpty()) {
      trouble = "";
      log(Level.INFO, "works again");
    }
    publish(next);
  }

  /** The source could not be read. */
  void failed(Throwable cause) {
    trouble(
        BadCertificate.reason(cause)
            + (current.isEmpty() ? "" : "; the certificates it had stay in use"));
  }

  /** Makes a set the current one and tells, if it differs. */
  void publish(Certificates next) {
    if (!next.sameAs(current)) {
      current = next;
      log(Level.INFO, "has certificates for " + next);
      observers.forEach(observer -> observer.accept(next));
    }
  }

  /** Says it once, until something else happens. */
  private void trouble(String what) {
    if (!what.equals(trouble)) {
      trouble = what;
      log(Level.WARNING, what);
    }
  }

  void log(Level level, String what) {
    LOG.log(level, "cert: {0}: {1}", source, what);
  }
}
