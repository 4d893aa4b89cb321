package io.tagway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ManualPageTest {
  @Test
  void namesEveryOption() {
    String page = ManualPage.text();
    for (Option option : OptionTable.options()) {
      assertTrue(page.contains(".BI \\-" + option.name().replace("-", "\\-")), option::name);
    }
  }

  @Test
  void noLineOfTextIsTakenForAMacro() {
    List<String> macros = List.of(".TH", ".SH", ".SS", ".TP", ".B ", ".BI", ".BR", ".RI");
    List<String> others =
        ManualPage.text()
            .lines()
            .filter(line -> line.startsWith(".") || line.startsWith("'"))
            .filter(line -> macros.stream().noneMatch(line::startsWith))
            .toList();
    assertEquals(List.of(), others);
  }

  @Test
  void completesEveryOption() {
    String script = ManualPage.completion();
    for (Option option : OptionTable.options()) {
      assertTrue(script.contains("-" + option.name()), option::name);
    }
  }
}
