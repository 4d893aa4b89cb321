package io.tagway.consul;

import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the same question again and again, each time waiting for news, until closed.
 *
 * <p>Follows the rules of <a
 * href="https://developer.hashicorp.com/consul/api-docs/features/blocking">blocking queries</a>: an
 * index is never below 1; one that goes back is forgotten; the wait is bounded and a little random;
 * an answer with the index that is known already is no news. After a failure the question is asked
 * without an index, since the Consul that answers next may count anew and would otherwise keep the
 * query waiting for an index that is years away.
 *
 * <p>A single change is delivered at once. An answer that found its news waiting is followed by a
 * short pause, so that a burst of changes is read some hundred times a second at most and not once
 * for each.
 *
 * <p>Not thread-safe: start, close and every callback belong to one context.
 */
public final class LongPoll {
  /** Sends the question. An index of 0 means: answer now. A zero wait means: do not block. */
  public interface Transport {
    Future<Answer> ask(long index, Duration wait);
  }

  /** Hears of each answer and each failure, in order. */
  public interface Listener {
    /**
     * Takes an answer. One that it cannot make sense of counts as a failure and is asked for again.
     */
    void answered(Answer answer, News news) throws IOException;

    /**
     * @param failures how many there were in a row, this one included
     */
    void failed(Throwable cause, int failures);
  }

  /** How an answer stands to the one before. */
  public enum News {
    /** The index is the same: nothing changed. */
    NONE,
    /** The index grew. */
    CHANGE,
    /** The first answer, or the first after a failure or after the index went back. */
    RESTART
  }

  /**
   * How often to ask.
   *
   * @param longestWait how long a question may stay open; zero: plain queries
   * @param first the pause before the first question
   * @param interval for plain queries, the pause after each
   * @param backoff pauses after failures
   * @param random gives 0 (inclusive) to 1 (exclusive)
   */
  public record Pace(
      Duration longestWait,
      Duration first,
      Duration interval,
      Backoff backoff,
      DoubleSupplier random) {}

  /** An answer that took less than this found its news waiting. */
  private static final Duration PROMPT = Duration.ofMillis(10);

  /** Long enough to gather a burst, short enough for whoever makes one change after another. */
  private static final long BURST_PAUSE_MILLIS = 5;

  /** For an agent, or something before it, that does not block at all. */
  private static final long LONGEST_IDLE_PAUSE_MILLIS = 1000;

  private final Transport transport;
  private final Listener listener;
  private final Pace pace;
  private final Timers timers;

  private long index;
  private int failures;
  private int promptAnswers;
  private boolean fresh = true;
  private boolean closed;
  private Timers.@Nullable Pending pending;

  public LongPoll(Transport transport, Listener listener, Pace pace, Timers timers) {
    this.transport = transport;
    this.listener = listener;
    this.pace = pace;
    this.timers = timers;
  }

  public void start() {
    if (pace.first().isZero()) {
      ask();
    } else {
      askAfter(pace.first());
    }
  }

  /** Stops asking; an answer that is still to come is dropped. */
  public void close() {
    closed = true;
    if (pending != null) {
      pending.cancel();
    }
  }

  private void askAfter(Duration delay) {
    pending = timers.after(delay, this::ask);
  }

  private void ask() {
    if (closed) {
      return;
    }
    long asked = timers.nanos();
    boolean blocks = !pace.longestWait().isZero();
    long millis =
        (long) (pace.longestWait().toMillis() * (0.9 + 0.1 * pace.random().getAsDouble()));
    transport
        .ask(blocks ? index : 0, blocks && index > 0 ? Duration.ofMillis(millis) : Duration.ZERO)
        .onComplete(
            answer -> {
              if (!closed) {
                answered(answer, timers.nanos() - asked);
              }
            },
            cause -> {
              if (!closed) {
                failed(cause);
              }
            });
  }

  private void answered(Answer answer, long nanos) {
    long next = Math.max(1, answer.index());
    News news = fresh || next < index ? News.RESTART : next == index ? News.NONE : News.CHANGE;
    boolean waited = index > 0;
    fresh = next < index;
    index = fresh ? 0 : next;
    try {
      listener.answered(answer, news);
    } catch (IOException | RuntimeException e) {
      failed(e);
      return;
    }
    failures = 0;
    if (pace.longestWait().isZero()) {
      askAfter(pace.interval());
    } else {
      promptAnswers = waited && nanos < PROMPT.toNanos() ? promptAnswers + 1 : 0;
      if (promptAnswers > 0) {
        askAfter(pauseInBurst(news));
      } else {
        ask();
      }
    }
  }

  private Duration pauseInBurst(News news) {
    long millis =
        news == News.NONE
            ? Math.min(
                LONGEST_IDLE_PAUSE_MILLIS, BURST_PAUSE_MILLIS << Math.min(8, promptAnswers - 1))
            : BURST_PAUSE_MILLIS;
    return Duration.ofMillis(millis);
  }

  private void failed(Throwable cause) {
    fresh = true;
    index = 0;
    promptAnswers = 0;
    failures++;
    askAfter(pace.backoff().pause(failures));
    listener.failed(cause, failures);
  }
}
