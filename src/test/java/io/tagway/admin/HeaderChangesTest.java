package io.tagway.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tagway.proxy.Rehearsal.HeaderLine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderChangesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "- | A: 1 | + A: 1",
        "A: 1 | - | - A: 1",
        "A: 1 | a: 1 | = a: 1",
        "A: 1 | A: 2 | ~ A: 2 was 1",
        "A: 1; A: 2 | A: 1, 2 | ~ A: 1, 2 was 1, 2",
        "A: 1; A: 2 | A: 2; A: 1 | = A: 2; = A: 1",
        "A: 1; A: 1 | A: 1 | = A: 1; - A: 1",
        "A: 1 | A: 1; A: 1 | = A: 1; + A: 1",
        "Host: a | :method: GET; :authority: a | = :method: GET; = :authority: a",
        "Host: a | :authority: b | ~ :authority: b was a",
        "Host: a; B: 1; C: 2 | C: 2; D: 3 | = C: 2; + D: 3; - Host: a; - B: 1",
      })
  void linesAreKeptAlteredAddedOrRemoved(
      @Nullable String asked, @Nullable String written, String expected) {
    HeaderChanges changes = HeaderChanges.between(lines(asked), lines(written));
    List<String> told = new ArrayList<>();
    for (HeaderChanges.Sent sent : changes.sent()) {
      String sign =
          switch (sent.change()) {
            case KEPT -> "= ";
            case ALTERED -> "~ ";
            case ADDED -> "+ ";
          };
      told.add(sign + text(sent.line()) + (sent.was().isEmpty() ? "" : " was " + sent.was()));
    }
    changes.removed().forEach(line -> told.add("- " + text(line)));
    assertEquals(expected, String.join("; ", told));
  }

  private static List<HeaderLine> lines(@Nullable String text) {
    return text == null
        ? List.of()
        : Stream.of(text.split("; "))
            .map(
                line -> {
                  int colon = line.indexOf(':', 1);
                  return new HeaderLine(line.substring(0, colon), line.substring(colon + 2));
                })
            .toList();
  }

  private static String text(HeaderLine line) {
    return line.name() + ": " + line.value();
  }
}
