package io.tagway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionReferenceTest {

  @Test
  void thePageInTheDocumentsIsTheOneOfTheTable() throws IOException {
    assertEquals(
        OptionReference.text(),
        Files.readString(Path.of("docs/options.md")),
        "run `make docs`, which writes docs/options.md anew");
  }

  @Test
  void writesThePage(@TempDir Path directory) throws IOException {
    Path page = directory.resolve("options.md");
    OptionReference.main(new String[] {page.toString()});
    assertEquals(OptionReference.text(), Files.readString(page));
  }

  @Test
  void namesEveryOption() {
    String page = OptionReference.text();
    OptionTable.options()
        .forEach(option -> assertTrue(page.contains("| `" + option.name() + "` |"), option.name()));
  }
}
