package io.tagway.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tagway.route.CommandText;
import io.tagway.route.Line;
import io.tagway.route.Origin;
import io.tagway.route.PathMatcher;
import io.tagway.route.Strategy;
import io.tagway.route.Table;
import io.tagway.route.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteLogTest {
  private static final String OLD = "route add a /a http://h:1/\nroute add b /b http://h:2/";
  private static final String NEW = "route add a /a http://h:1/\nroute add c /c http://h:3/";

  /** What one change of the table writes. */
  private static List<String> told(String format, String before, String after) {
    List<String> told = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            told.add(entry.getLevel() + " " + entry.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger(RouteLog.class.getName());
    logger.addHandler(handler);
    try {
      Table.Options options =
          new Table.Options(
              PathMatcher.PREFIX, Strategy.RND, true, target -> new Target.Attachment() {});
      Table table = Table.of(options, Map.of(), lines(after));
      new RouteLog(format).tell(table, Map.of("", lines(before)), Map.of("", lines(after)));
    } finally {
      logger.removeHandler(handler);
    }
    return told;
  }

  private static List<Line> lines(String text) {
    return CommandText.parse(text, new Origin(Origin.Kind.STATIC, "", "", 0)).lines();
  }

  @Test
  void deltaShowsWhatWentAndCame() {
    assertEquals(
        List.of("INFO Config updates\n- route add b /b http://h:2/\n+ route add c /c http://h:3/"),
        told("delta", OLD, NEW));
    assertEquals(List.of(), told("delta", OLD, OLD));
  }

  @Test
  void allShowsTheWholeTableAsCommands() {
    assertEquals(
        List.of("INFO Updated config to\nroute add c /c http://h:3/\nroute add a /a http://h:1/"),
        told("all", OLD, NEW));
  }

  @Test
  void detailShowsATree() {
    assertEquals(
        List.of(
            """
            INFO Updated config to
            +-- host=
                |-- path=/c
                |    +-- addr=h:3 weight 1.00 slots 1/1
                +-- path=/a
                    +-- addr=h:1 weight 1.00 slots 1/1\
            """),
        told("detail", OLD, NEW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "DELTA", "xyz"})
  void anotherFormatActsAsDelta(String format) {
    assertEquals(
        List.of(
            "WARNING Invalid route format \"" + format + "\". Defaulting to \"delta\"",
            "INFO Config updates\n+ route add c /c http://h:3/"),
        told(format, "", "route add c /c http://h:3/"));
  }
}
