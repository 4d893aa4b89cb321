package io.tagway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpansionTest {
  private static final Map<String, String> KEYS =
      Map.of("plain", "p", "chain", "<${plain}${VAR}>", "self", "${self}", "open", "${x");

  private static final Map<String, String> VARIABLES = Map.of("VAR", "v", "plain", "shadowed");

  @ParameterizedTest
  @CsvSource({
    "'',''",
    "a$b,a$b",
    "${plain},p",
    "[${VAR}${NONE}],[v]",
    "${chain}${chain},<pv><pv>",
    "$${VAR}},$v}"
  })
  void replacesReferences(String text, String expanded) {
    Map<String, String> keys = new HashMap<>(KEYS);
    keys.put("it", text);
    assertEquals(Reading.of(expanded), Expansion.ofKey("it", keys, VARIABLES));
  }

  @Test
  void showsTheChainOfACircle() {
    Map<String, String> circle = Map.of("a", "${b}", "b", "${a}");
    Reading.Unfit<?> bad =
        assertInstanceOf(Reading.Unfit.class, Expansion.ofKey("a", circle, Map.of()));
    assertEquals("circular reference in: a b a", bad.reason());
    assertInstanceOf(Reading.Unfit.class, Expansion.ofKey("self", KEYS, Map.of()));
  }

  @Test
  void refusesAnOpenReference() {
    Reading.Unfit<?> bad =
        assertInstanceOf(Reading.Unfit.class, Expansion.ofKey("open", KEYS, Map.of()));
    assertEquals("malformed expression", bad.reason());
  }

  @Test
  void endsWhenValuesDoubleLineByLine() {
    Map<String, String> doubling = new HashMap<>(Map.of("k0", ""));
    for (int i = 1; i < 60; i++) {
      doubling.put("k" + i, "${k" + (i - 1) + "}${k" + (i - 1) + "}");
    }
    assertInstanceOf(Reading.Unfit.class, Expansion.ofKey("k59", doubling, Map.of()));
  }

  @Test
  void endsWhenTheChainIsLong() {
    Map<String, String> chain = new HashMap<>(Map.of("k0", "x"));
    for (int i = 1; i < 100_000; i++) {
      chain.put("k" + i, "${k" + (i - 1) + "}");
    }
    assertInstanceOf(Reading.Unfit.class, Expansion.ofKey("k99999", chain, Map.of()));
  }
}
