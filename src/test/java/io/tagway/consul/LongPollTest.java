package io.tagway.consul;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LongPollTest {
  private record Question(long index, Duration openFor, Promise<Answer> answer) {}

  private final ManualTimers timers = new ManualTimers();
  private final List<Question> questions = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();
  private double random = 0.999999;

  private final LongPoll.Listener listener =
      new LongPoll.Listener() {
        @Override
        public void answered(Answer answer, LongPoll.News news) throws IOException {
          if (answer.body().toString().equals("garbled")) {
            throw new IOException("cannot read that");
          }
          heard.add(news + " " + answer.index());
        }

        @Override
        public void failed(Throwable cause, int failures) {
          heard.add("failed " + failures + " " + cause.getMessage());
        }
      };

  private LongPoll poll(Duration wait, Duration interval) {
    return poll(wait, interval, interval);
  }

  private LongPoll poll(Duration wait, Duration first, Duration interval) {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), () -> random);
    LongPoll poll =
        new LongPoll(
            this::ask,
            listener,
            new LongPoll.Pace(wait, first, interval, backoff, () -> random),
            timers);
    poll.start();
    return poll;
  }

  private LongPoll blocking() {
    return poll(Duration.ofSeconds(60), Duration.ZERO);
  }

  private Future<Answer> ask(long index, Duration wait) {
    Question question = new Question(index, wait, Promise.promise());
    questions.add(question);
    return question.answer().future();
  }

  private Question last() {
    return questions.get(questions.size() - 1);
  }

  private void answer(long index) {
    last().answer().complete(new Answer(200, index, Buffer.buffer()));
  }

  /** An answer that came after Consul had waited for news. */
  private void answerLater(long index) {
    timers.pass(Duration.ofSeconds(1));
    answer(index);
  }

  @Test
  void asks_without_an_index_first_and_with_the_last_one_from_then_on() {
    blocking();
    assertEquals(0, last().index());
    assertEquals(Duration.ZERO, last().openFor());
    answer(7);
    assertEquals(7, last().index());
    answerLater(9);
    assertEquals(9, last().index());
    assertEquals(List.of("RESTART 7", "CHANGE 9"), heard);
  }

  @Test
  void an_answer_with_the_same_index_is_no_news() {
    blocking();
    answer(7);
    answerLater(7);
    assertEquals(List.of("RESTART 7", "NONE 7"), heard);
    assertEquals(7, last().index());
  }

  @Test
  void an_index_that_goes_back_is_forgotten() {
    blocking();
    answer(700);
    answerLater(3);
    assertEquals(0, last().index());
    answer(3);
    assertEquals(3, last().index());
    assertEquals(List.of("RESTART 700", "RESTART 3", "RESTART 3"), heard);
  }

  @Test
  void an_index_is_never_below_one() {
    blocking();
    answer(0);
    assertEquals(1, last().index());
    answerLater(0);
    assertEquals(List.of("RESTART 0", "NONE 0"), heard);
  }

  @Test
  void after_a_failure_it_asks_without_an_index_and_everything_may_be_new() {
    blocking();
    answer(700);
    last().answer().fail("connection refused");
    timers.pass(Duration.ofSeconds(1));
    assertEquals(0, last().index());
    answer(700);
    assertEquals(List.of("RESTART 700", "failed 1 connection refused", "RESTART 700"), heard);
  }

  @Test
  void pauses_double_up_to_the_longest_and_start_small_again_after_an_answer() {
    blocking();
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      last().answer().fail("down");
      Duration pause = timers.untilNext().orElseThrow();
      pauses.add(pause.toMillis());
      timers.pass(pause);
    }
    assertEquals(List.of(999L, 1999L, 3999L, 7999L, 9999L, 9999L), pauses);
    answer(5);
    last().answer().fail("down");
    assertEquals(999, timers.untilNext().orElseThrow().toMillis());
  }

  @Test
  void a_quarter_of_a_pause_and_a_tenth_of_a_wait_are_random() {
    random = 0;
    blocking();
    last().answer().fail("down");
    assertEquals(750, timers.untilNext().orElseThrow().toMillis());
    timers.pass(Duration.ofSeconds(1));
    answer(5);
    assertEquals(Duration.ofSeconds(54), last().openFor());
    random = 0.999999;
    answerLater(6);
    assertEquals(59_999, last().openFor().toMillis());
  }

  @Test
  void an_answer_that_cannot_be_read_is_asked_for_again() {
    blocking();
    answer(5);
    last().answer().complete(new Answer(200, 6, Buffer.buffer("garbled")));
    timers.pass(Duration.ofSeconds(1));
    assertEquals(0, last().index());
    answer(6);
    assertEquals(List.of("RESTART 5", "failed 1 cannot read that", "RESTART 6"), heard);
  }

  @Test
  void a_single_change_is_heard_at_once_and_a_burst_is_gathered() {
    blocking();
    answer(5);
    answerLater(6);
    assertEquals(3, questions.size(), "asked again at once");
    answer(7); // the news was waiting
    assertEquals(3, questions.size());
    assertEquals(Duration.ofMillis(5), timers.untilNext().orElseThrow());
    timers.pass(Duration.ofMillis(5));
    assertEquals(7, last().index());
    assertEquals(List.of("RESTART 5", "CHANGE 6", "CHANGE 7"), heard);
  }

  @Test
  void a_plain_query_may_be_asked_at_once_and_then_at_intervals() {
    poll(Duration.ZERO, Duration.ZERO, Duration.ofMillis(250));
    answer(5);
    assertEquals(1, questions.size());
    timers.pass(Duration.ofMillis(250));
    answer(5);
    timers.pass(Duration.ofMillis(250));
    answer(6);
    assertEquals(0, last().index());
    assertEquals(List.of("RESTART 5", "NONE 5", "CHANGE 6"), heard);
  }

  @Test
  void an_agent_that_does_not_block_is_asked_once_a_second_at_most() {
    blocking();
    answer(5);
    for (int i = 0; i < 20; i++) {
      answer(5);
      timers.pass(timers.untilNext().orElseThrow());
    }
    answer(5);
    assertEquals(Duration.ofSeconds(1), timers.untilNext().orElseThrow());
  }

  @Test
  void nothing_is_asked_or_heard_after_close() {
    LongPoll poll = blocking();
    answer(5);
    poll.close();
    answer(6);
    timers.pass(Duration.ofMinutes(10));
    assertEquals(2, questions.size());
    assertEquals(List.of("RESTART 5"), heard);
  }

  @Test
  void polling_waits_first_and_never_blocks() {
    poll(Duration.ZERO, Duration.ofSeconds(2));
    assertEquals(0, questions.size());
    timers.pass(Duration.ofSeconds(2));
    assertEquals(0, last().index());
    answer(5);
    timers.pass(Duration.ofSeconds(2));
    assertEquals(0, last().index());
    assertEquals(Duration.ZERO, last().openFor());
    answer(5);
    timers.pass(Duration.ofSeconds(2));
    answer(8);
    assertEquals(List.of("RESTART 5", "NONE 5", "CHANGE 8"), heard);
  }
}
