package io.tagway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The properties that pages show can be read as they stand. */
class PageExamplesTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"listeners.md", "certificates.md"})
  void areReadWithoutAWarning(String page) throws Exception {
    List<String> examples = examples(Files.readString(Path.of("docs", page)));
    assertFalse(examples.isEmpty());
    for (String example : examples) {
      Path file = Files.writeString(directory.resolve("example.properties"), example);
      Loaded loaded =
          Configuration.load("tagway", "test", List.of("-cfg", file.toString()), Map.of());
      Loaded.Start start = assertInstanceOf(Loaded.Start.class, loaded, loaded::toString);
      assertEquals(List.of(), start.warnings(), example);
    }
  }

  /** Blocks of indented lines of which each sets an option. */
  private static List<String> examples(String page) {
    List<String> blocks = new ArrayList<>();
    for (String block : page.split("\n\n", -1)) {
      if (block.startsWith("    ")
          && block.strip().lines().allMatch(line -> line.strip().matches("[a-z.]+ *= .*"))) {
        blocks.add(block.stripIndent() + "\n");
      }
    }
    return blocks;
  }
}
