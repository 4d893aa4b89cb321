package io.tagway.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecentStatusesTest {
  private final RecentStatuses statuses = new RecentStatuses();

  @Test
  void eachIsSeenOnce() {
    statuses.add(502);
    statuses.add(200);
    statuses.add(200);
    assertEquals(List.of(200, 502), statuses.seen());
  }

  @Test
  void oneIsForgottenAfterTwoWindowsWithoutIt() {
    statuses.add(502);
    statuses.turn();
    statuses.add(200);
    assertEquals(List.of(200, 502), statuses.seen());
    statuses.turn();
    assertEquals(List.of(200), statuses.seen());
    statuses.turn();
    assertEquals(List.of(), statuses.seen());
  }

  @Test
  void whatIsNoStatusIsNotSeen() {
    statuses.add(0);
    statuses.add(99);
    statuses.add(1000);
    assertEquals(List.of(), statuses.seen());
  }

  @Test
  void aTargetThatInventsStatusesTakesNoMoreThanAFew() {
    for (int status = 100; status <= 999; status++) {
      statuses.add(status);
    }
    assertEquals(RecentStatuses.MOST, statuses.seen().size());
  }
}
