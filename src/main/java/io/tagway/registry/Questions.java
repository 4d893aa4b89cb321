package io.tagway.registry;

import io.tagway.consul.Answer;
import io.tagway.consul.Backoff;
import io.tagway.consul.ConsulAgent;
import io.tagway.consul.LongPoll;
import io.tagway.consul.LongPoll.News;
import io.tagway.consul.Timers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The questions that are open at Consul at any time, each with its line in the status and the log.
 */
final class Questions {
  private static final System.Logger LOG = System.getLogger(Questions.class.getName());

  /** Short enough to notice an agent that hangs, long enough to cost nothing. */
  private static final Duration WAIT = Duration.ofSeconds(60);

  /** Takes the answers to one question. */
  interface Reader {
    /** Takes an answer; one that makes no sense is an {@link IOException} and asked for again. */
    void read(Answer answer, News news) throws IOException;

    /** There was no answer. */
    default void unread() {}
  }

  /**
   * One question.
   *
   * @param what is asked for, as the log says it
   * @param every how often to ask what Consul does not block on; zero: it blocks
   */
  record Question(String what, String path, Map<String, String> query, Duration every) {
    Question(String what, String path, Map<String, String> query) {
      this(what, path, query, Duration.ZERO);
    }
  }

  private final ConsulAgent agent;
  private final Duration pollInterval;
  private final Timers timers;
  private final StatusBoard board;
  private final List<LongPoll> polls = new ArrayList<>();

  /**
   * @param pollInterval pause between plain questions; zero: the questions block
   */
  Questions(ConsulAgent agent, Duration pollInterval, Timers timers, StatusBoard board) {
    this.agent = agent;
    this.pollInterval = pollInterval;
    this.timers = timers;
    this.board = board;
  }

  /** Asks from now on. */
  void ask(Question question, Reader reader) {
    LongPoll.Listener listener = listener(question.what(), board.part(question.what()), reader);
    boolean paced = !pollInterval.isZero() && !pollInterval.isNegative();
    Duration first = paced ? pollInterval : Duration.ZERO;
    Duration interval = paced ? pollInterval : question.every();
    Duration wait = interval.isZero() ? WAIT : Duration.ZERO;
    LongPoll.Pace pace = new LongPoll.Pace(wait, first, interval, backoff(), Questions::random);
    LongPoll poll =
        new LongPoll(agent.question(question.path(), question.query()), listener, pace, timers);
    polls.add(poll);
    poll.start();
  }

  private static LongPoll.Listener listener(String what, StatusBoard.Part part, Reader reader) {
    return new LongPoll.Listener() {
      private boolean failing;

      @Override
      public void answered(Answer answer, News news) throws IOException {
        reader.read(answer, news);
        if (failing) {
          failing = false;
          LOG.log(System.Logger.Level.INFO, "consul: Fetching " + what + " again");
        }
        part.good();
      }

      @Override
      public void failed(Throwable cause, int failures) {
        String text = "consul: Error fetching " + what + ". " + FailureText.of(cause);
        if (!failing) {
          failing = true;
          LOG.log(System.Logger.Level.WARNING, text);
        }
        part.failed(text);
        reader.unread();
      }
    };
  }

  /** Pauses after failures: from one second to ten. */
  static Backoff backoff() {
    return new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), Questions::random);
  }

  private static double random() {
    return ThreadLocalRandom.current().nextDouble();
  }

  void close() {
    polls.forEach(LongPoll::close);
  }
}
