package io.tagway.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SearchBudgetTest {
  private static final long MILLI = 1_000_000;

  @Test
  void takes_no_more_than_its_share_of_the_time() {
    SearchBudget budget = new SearchBudget(0.1, Duration.ZERO, 0);
    assertEquals(0, budget.left(0));
    budget.spend(40 * MILLI, 40 * MILLI);
    long wait = budget.left(40 * MILLI);
    assertTrue(wait >= 360 * MILLI && wait <= 400 * MILLI, wait + " ns");
    assertEquals(0, budget.left(40 * MILLI + wait));
  }

  @Test
  void saves_up_for_a_few_searches_in_a_row_and_no_more() {
    SearchBudget budget = new SearchBudget(0.1, Duration.ofMillis(100), 0);
    long now = Duration.ofHours(1).toNanos();
    int inARow = 0;
    while (budget.left(now) == 0) {
      budget.spend(now, 40 * MILLI);
      inARow++;
    }
    assertEquals(3, inARow);
  }
}
