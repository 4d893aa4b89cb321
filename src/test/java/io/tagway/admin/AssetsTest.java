package io.tagway.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssetsTest {
  private static final Path FILES = Path.of("src/main/resources/io/tagway/admin/assets");

  @Test
  void everyFileOfThePageIsServed() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
      assertEquals(names, Assets.FILES);
    }
  }

  /** One module names the next: without being told the browser would fetch them one by one. */
  @Test
  void everyModuleIsAskedForAtOnce() throws IOException {
    String page = Files.readString(FILES.resolveSibling("index.html"));
    assertEquals(
        List.of(),
        Assets.FILES.stream()
            .filter(name -> name.endsWith(".js"))
            .filter(name -> !page.contains("src=\"assets/" + name + "\""))
            .filter(name -> !page.contains("rel=\"modulepreload\" href=\"assets/" + name + "\""))
            .toList());
  }

  @Test
  void thePageNeedsNothingFromElsewhere() throws IOException {
    Pattern elsewhere = Pattern.compile("(?:src|href|url|import|from)\\W{1,3}(?:https?:)?//");
    try (Stream<Path> files = Files.walk(FILES.getParent())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertTrue(!elsewhere.matcher(Files.readString(file)).find(), file.toString());
      }
    }
  }

  @Test
  void textNeverBecomesMarkup() throws IOException {
    Pattern sink =
        Pattern.compile("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(");
    try (Stream<Path> files = Files.list(FILES)) {
      for (Path file : files.toList()) {
        assertTrue(!sink.matcher(Files.readString(file)).find(), file.toString());
      }
    }
  }

  /**
   * All views share one document: what one of them calls a line may be something else in another.
   */
  @ParameterizedTest
  @CsvSource({"manual.css, .manual", "history.css, .history"})
  void whatAViewLooksLikeIsItsOwn(String file, String view) throws IOException {
    String rules = Files.readString(FILES.resolve(file)).replaceAll("(?s)/\\*.*?\\*/", "");
    List<String> selectors =
        Pattern.compile("([^{};]+)\\{")
            .matcher(rules)
            .results()
            .map(match -> match.group(1).strip())
            .filter(selector -> !selector.startsWith("@"))
            .flatMap(selector -> Arrays.stream(selector.split(",\\s*")))
            .toList();
    assertTrue(selectors.size() > 20);
    assertEquals(
        List.of(),
        selectors.stream()
            .filter(each -> !each.startsWith(view) && !each.startsWith(".drawer code.block"))
            .toList());
  }

  /** WCAG 2.2, success criterion 1.4.3: 4.5 to 1. */
  @Test
  void everyColourCarriesAnInkThatCanBeRead() throws IOException {
    Pattern pair = Pattern.compile("--accent: (#\\w{6}); --on-accent: (#\\w{6})");
    List<MatchResult> pairs =
        pair.matcher(Files.readString(FILES.resolve("colors.css"))).results().toList();
    assertEquals(22, pairs.size());
    for (MatchResult colours : pairs) {
      double contrast = contrast(colours.group(1), colours.group(2));
      assertTrue(
          contrast >= 4.5, () -> String.format(Locale.ROOT, "%s %.2f", colours.group(), contrast));
    }
  }

  private static double contrast(String one, String other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(String colour) {
    double[] parts = new double[3];
    for (int i = 0; i < 3; i++) {
      double part = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      parts[i] = part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  }
}
