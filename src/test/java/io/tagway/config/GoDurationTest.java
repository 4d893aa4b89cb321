package io.tagway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-0,0",
    "1h2m3.5s,3723500000000",
    ".5s,500000000",
    "1.s,1000000000",
    "1m1m,120000000000",
    "-5s,-5000000000",
    "+2s,2000000000",
    "1.5us,1500",
    "1\u00b5s,1000",
    "1\u03bcs,1000",
    "1.9ns,1",
    "9223372036854775807ns,9223372036854775807"
  })
  void readsNumbersWithUnits(String text, long nanos) {
    assertEquals(Reading.of(Duration.ofNanos(nanos)), GoDuration.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "1d",
        "1 s",
        " 5s",
        "5s ",
        "5S",
        "s",
        "1,5s",
        "-",
        "+",
        ".s",
        "1..5s",
        "1s1",
        "9223372036854775808ns",
        "3000000h"
      })
  void refusesOthers(String text) {
    assertInstanceOf(Reading.Unfit.class, GoDuration.parse(text));
  }
}
