package io.tagway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.config.OptionTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/differences.md: what it says of options is what the option table says. */
class DifferencesTest {
  private static final Path PAGE = Path.of("docs/differences.md");

  @Test
  void namesEveryOptionThatIsAcceptedAndChangesNothing() throws IOException {
    String page = Files.readString(PAGE);

    List<String> unnamed =
        OptionTable.withoutEffect().stream()
            .filter(option -> !page.contains("`" + option + "`"))
            .toList();

    assertEquals(List.of(), unnamed);
  }

  @Test
  void everyDifferenceNamesItsTest() throws IOException {
    List<String> rows =
        Files.readString(PAGE)
            .lines()
            .filter(line -> line.startsWith("| "))
            .filter(line -> !line.startsWith("| what ") && !line.startsWith("| ---"))
            .toList();

    assertTrue(rows.size() > 100, () -> rows.size() + " rows");
    for (String row : rows) {
      String test = row.substring(row.lastIndexOf(" | ")).replaceAll("[| ]", "");
      assertTrue(test.length() > 3, row);
    }
  }
}
