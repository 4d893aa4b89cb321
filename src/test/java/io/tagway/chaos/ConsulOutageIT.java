package io.tagway.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Consul dies under load and comes back with other services. */
class ConsulOutageIT {
  @Test
  void noRequestIsLostAndTheTableIsRightAfterwards() throws Exception {
    ConsulOutage.Result result = ConsulOutage.run(Duration.ofSeconds(5));
    assertEquals(Map.of(), result.failures());
    assertTrue(result.health().startsWith("OK\n"), result::toString);
    assertTrue(result.health().contains("stale"), result::toString);
    assertTrue(result.status().contains("\"stale\""), result::toString);
    assertEachQuestionWarnedOnce(result.log());
  }

  private static void assertEachQuestionWarnedOnce(String log) {
    List<String> questions =
        log.lines()
            .filter(line -> line.contains("[WARN] consul: Error fetching"))
            .map(line -> line.replaceAll(".*Error fetching ([^.:]*).*", "$1"))
            .toList();
    assertFalse(questions.isEmpty(), log);
    assertEquals(questions.size(), Set.copyOf(questions).size(), questions::toString);
  }
}
