package io.tagway.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableTextTest {
  private static final Table TABLE =
      Tables.of(
          "route add a a.org/x http://10.0.0.1:81/ weight 0.25 tags \"t,say \"\"hi\"\"\"",
          "route add b a.org/x http://10.0.0.2:82/ opts \"b=2 a=1\"",
          "route add c a.org/ http://10.0.0.3/ weight 1",
          "route add d a.org/ http://10.0.0.4/",
          "route add e / http://10.0.0.5/",
          "route add f :5432 tcp://10.0.0.6:5432",
          "route add g /y http://10.0.0.7/ weight 0.000123456");

  @Test
  void printsATreeWithEveryTarget() {
    assertEquals(
        """
        +-- host=
        |   |-- path=/y
        |   |    +-- addr=10.0.0.7 weight 1.00 slots 10000/10000
        |   +-- path=/
        |       +-- addr=10.0.0.5 weight 1.00 slots 1/1
        +-- host=:5432
        |   +-- path=
        |       +-- addr=10.0.0.6:5432 weight 1.00 slots 1/1
        +-- host=a.org
            |-- path=/x
            |    |-- addr=10.0.0.1:81 weight 0.25 slots 2500/10000
            |    +-- addr=10.0.0.2:82 weight 0.75 slots 7500/10000
            +-- path=/
                |-- addr=10.0.0.3 weight 1.00 slots 10000/10000
                +-- addr=10.0.0.4 weight 0.00 slots 0/10000
        """,
        TABLE.tree());
  }

  @Test
  void printsCommandsThatGiveTheSameTable() {
    assertEquals(
        """
        route add a a.org/x http://10.0.0.1:81/ weight 0.2500 tags "t,say ""hi""\"
        route add b a.org/x http://10.0.0.2:82/ opts "a=1 b=2"
        route add c a.org/ http://10.0.0.3/ weight 1.0000
        route add d a.org/ http://10.0.0.4/
        route add f :5432 tcp://10.0.0.6:5432
        route add g /y http://10.0.0.7/ weight 0.0001
        route add e / http://10.0.0.5/\
        """,
        TABLE.text());
    Parsed parsed = CommandText.parse(TABLE.text(), Tables.ORIGIN);
    Table again = Table.of(Tables.options(), Map.of(), parsed.lines());
    assertEquals(TABLE.text(), again.text());
    assertEquals(TABLE.tree(), again.tree());
  }

  @Test
  void anEmptyTableIsAnEmptyText() {
    Table empty = Table.empty(Tables.options());
    assertEquals("", empty.text() + empty.tree());
    assertEquals(List.of(), empty.routes());
  }

  @Test
  void listsHostsAscendingAndPathsDescending() {
    assertEquals(
        List.of("/y", "/", ":5432", "a.org/x", "a.org/"),
        TABLE.routes().stream().map(route -> route.host() + route.path()).toList());
    assertEquals(7, TABLE.targetCount());
  }

  @Test
  void tellsTheLinesThatDiffer() {
    Table next = TABLE.withManual(Tables.lines("route add e / http://10.0.0.5/ weight 0.5"));
    assertEquals(List.of("route add e / http://10.0.0.5/ weight 0.5000"), next.linesNotIn(TABLE));
    assertEquals(6 + 1, TABLE.linesNotIn(next).size());
    assertEquals(List.of(), TABLE.linesNotIn(TABLE));
  }
}
