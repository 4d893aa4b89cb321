package io.tagway.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tagway.config.Settings;
import io.tagway.route.PathMatcher;
import io.tagway.route.Strategy;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverrideCheckTest {
  private static List<Integer> badLines(PathMatcher matcher, String text) {
    OverrideCheck check =
        new OverrideCheck(new Settings.Routing(Strategy.RND, matcher, true, 1000));
    return check.problems(text, "/x").stream().map(problem -> problem.origin().line()).toList();
  }

  @Test
  void goodCommandsHaveNoProblem() {
    String text =
        """
        # a comment

        route add a /a http://10.0.0.1:80/ weight 0.5 tags "x"
        route del b
        route del b /b http://10.0.0.1:80/
        route weight not-there /c weight 0.2
        """;
    assertEquals(List.of(), badLines(PathMatcher.PREFIX, text));
  }

  @Test
  void syntaxAndDestinationsAreCheckedInOrder() {
    String text =
        """
        route add a /a :80
        route weigth
        route add b /b http://10.0.0.1:80/
        route add c [x/ http://10.0.0.1:80/
        """;
    assertEquals(List.of(1, 2, 4), badLines(PathMatcher.PREFIX, text));
  }

  @Test
  void aPathIsAPatternOnlyWherePathsAreGlobs() {
    String text = "route add a /a[ http://10.0.0.1:80/";
    assertEquals(List.of(1), badLines(PathMatcher.GLOB, text));
    assertEquals(List.of(), badLines(PathMatcher.PREFIX, text));
  }
}
