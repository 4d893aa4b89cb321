package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The headings of docs/life-of-a-request.md are methods that exist. */
class LifeOfARequestTest {
  static Stream<String> headings() throws IOException {
    return Files.readAllLines(Path.of("docs/life-of-a-request.md")).stream()
        .filter(line -> line.startsWith("## "))
        .flatMap(line -> Arrays.stream(line.substring(3).split(", ", -1)));
  }

  @ParameterizedTest
  @MethodSource("headings")
  void namesAMethod(String heading) throws ClassNotFoundException {
    String[] parts = heading.split("\\.", -1);
    Class<?> type = Class.forName("io.tagway.proxy.http." + parts[0]);

    assertTrue(
        Arrays.stream(type.getDeclaredMethods()).anyMatch(m -> m.getName().equals(parts[1])),
        heading);
  }

  @Test
  void thereAreHeadings() throws IOException {
    List<String> all = headings().toList();

    assertTrue(all.contains("Exchange.retryOrFail"), all.toString());
  }
}
