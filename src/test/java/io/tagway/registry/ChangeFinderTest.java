package io.tagway.registry;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangeFinderTest {
  private final ChangeFinder finder = new ChangeFinder(node -> List.of());

  @Test
  void a_refused_name_is_known_for_as_long_as_there_is_such_a_service() {
    assertTrue(finder.refuse("bell"));
    finder.readWhole(Map.of("bell", List.of(), "a", List.of()));
    assertFalse(finder.refuse("bell"));
    finder.readWhole(Map.of("a", List.of()));
    assertTrue(finder.refuse("bell"));
  }

  @Test
  void another_consul_may_answer_for_a_name() {
    finder.refuse("bell");
    finder.restart();
    assertTrue(finder.refuse("bell"));
  }
}
