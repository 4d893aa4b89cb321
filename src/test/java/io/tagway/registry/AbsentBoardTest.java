package io.tagway.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.tagway.route.Command;
import io.tagway.route.CommandText;
import io.tagway.route.Origin;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AbsentBoardTest {
  private final AbsentBoard board = new AbsentBoard();

  private static Absent absent(String service, String reason) {
    Origin origin = new Origin(Origin.Kind.TAG, service, "n1/" + service + "-1", 0);
    String line = "route add " + service + " /" + service + " http://10.0.0.1:80/";
    Command command = CommandText.parse(line, origin).lines().get(0).command();
    return new Absent((Command.Add) command, origin, reason);
  }

  @Test
  void servicesStandInTheOrderOfTheirNames() {
    Absent a = absent("a", "check x is critical");
    Absent b = absent("b", "check x is critical");
    board.take(Map.of("b", List.of(b)));
    board.take(Map.of("a", List.of(a), "c", List.of()));
    assertEquals(List.of(a, b), board.all());
    board.take(Map.of("b", List.of()));
    assertEquals(List.of(a), board.all());
  }

  @Test
  void theListIsTheSameUntilSomethingDiffers() {
    board.take(Map.of("a", List.of(absent("a", "check x is critical"))));
    List<Absent> before = board.all();
    board.take(Map.of("a", List.of(absent("a", "check x is critical")), "b", List.of()));
    assertSame(before, board.all());
    board.take(Map.of("a", List.of(absent("a", "check y is critical"))));
    assertNotSame(before, board.all());
  }
}
