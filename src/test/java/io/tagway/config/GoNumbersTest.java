package io.tagway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoNumbersTest {

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "010,8",
    "0x1F,31",
    "0b11,3",
    "0O17,15",
    "1_000,1000",
    "0x_f,15",
    "+7,7",
    "-5,-5",
    "9223372036854775807,9223372036854775807",
    "-9223372036854775808,-9223372036854775808"
  })
  void readsWholeNumbers(String text, long value) {
    assertEquals(Reading.of(value), GoInteger.signed(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " 5",
        "5 ",
        "1.5",
        "08",
        "0x",
        "1__0",
        "_1",
        "1_",
        "--1",
        "12a",
        "\u0661",
        "1e3",
        "9223372036854775808",
        "0x8000000000000000"
      })
  void refusesOtherWholeNumbers(String text) {
    assertInstanceOf(Reading.Unfit.class, GoInteger.signed(text));
  }

  @ParameterizedTest
  @CsvSource({"0xffff,16,65535", "1,16,1", "0,32,0"})
  void readsNumbersWithoutSign(String text, int bits, long value) {
    assertEquals(Reading.of(value), GoInteger.unsigned(text, bits));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "+1", "0x10000", ""})
  void refusesOtherNumbersWithoutSign(String text) {
    assertInstanceOf(Reading.Unfit.class, GoInteger.unsigned(text, 16));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x10", "1_0", "4294967296", "-1", ""})
  void refusesWhatIsNotDecimal(String text) {
    assertInstanceOf(Reading.Unfit.class, GoInteger.decimal(text, 32));
  }

  @ParameterizedTest
  @CsvSource({".5,0.5", "2e-1,0.2", "0x1p-2,0.25", "1.,1", "-3,-3", "10,10"})
  void readsNumbersWithFractions(String text, double value) {
    assertEquals(Reading.of(value), GoFloat.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1f", "1d", "Inf", "NaN", "1e999", ".", "0x1"})
  void refusesOtherNumbersWithFractions(String text) {
    assertInstanceOf(Reading.Unfit.class, GoFloat.parse(text));
  }
}
