package io.tagway.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusBoardTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private final StatusBoard board =
      new StatusBoard("consul", Clock.fixed(NOW, ZoneOffset.UTC), () -> {});

  @Test
  void errorsAreRememberedNewestFirstAndStayWhenAllIsWell() {
    StatusBoard.Part part = board.part("checks");
    part.failed("refused");
    part.failed("reset");
    part.failed("refused");
    part.good();
    assertEquals(List.of(new Fault(NOW, 2, "refused"), new Fault(NOW, 1, "reset")), board.faults());
  }

  @Test
  void theOldestOfManyIsForgotten() {
    for (int i = 0; i < 20; i++) {
      board.part("checks").failed("error " + i);
    }
    assertEquals(10, board.faults().size());
    assertEquals("error 19", board.faults().get(0).text());
  }
}
