package io.tagway.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoJsonTest {
  private static String string(String text) {
    return GoJson.string(new StringBuilder(), text).toString();
  }

  private static String number(double value) {
    return GoJson.number(new StringBuilder(), value).toString();
  }

  @Test
  void whatMeansSomethingToHtmlIsEscaped() {
    assertEquals("\"\\u003cb a=1\\u0026amp;\\u003e\"", string("<b a=1&amp;>"));
    assertEquals("\"'/\"", string("'/"));
  }

  @Test
  void quotesBackslashesAndControlsAreEscaped() {
    assertEquals(
        "\"\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001b\u007f\"", string("\"\\\b\f\n\r\t\0\33\177"));
  }

  @Test
  void lineSeparatorsOfJavaScriptAreEscaped() {
    assertEquals("\"a\\u2028b\\u2029\"", string("a\u2028b\u2029"));
  }

  @Test
  void otherTextStaysAndHalfASurrogateBecomesTheReplacementCharacter() {
    assertEquals("\"é→😀\"", string("é→😀"));
    assertEquals("\"\\ufffd\\ufffdx\"", string("\udc00\ud800x"));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "0, 0",
    "-2, -2",
    "0.25, 0.25",
    "0.333, 0.333",
    "3e-7, 3e-7",
    "1.5e-9, 1.5e-9",
    "0.000001, 0.000001",
    "123456789.5, 123456789.5",
    "1e20, 100000000000000000000",
    "1e21, 1e+21",
    "2.5e22, 2.5e+22",
    "-0.125, -0.125",
    "2e-3, 0.002",
    "0.0009, 0.0009"
  })
  void numbersAreAsShortAsTheyCanBe(double value, String expected) {
    assertEquals(expected, number(value));
  }

  @Test
  void everyNumberReadsBackAndHasNoDigitTooMany() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      double value =
          i % 2 == 0
              ? random.nextDouble()
              : (1 + random.nextInt(99)) / (double) (1 + random.nextInt(999));
      String text = number(value);
      assertEquals(value, Double.parseDouble(text), text);
      int digits = new BigDecimal(text).stripTrailingZeros().precision();
      if (digits > 1) {
        BigDecimal shorter = new BigDecimal(value).round(new MathContext(digits - 1));
        assertTrue(shorter.doubleValue() != value, text);
      }
    }
  }

  @Test
  void compactTakesBlanksFromBetweenButNotFromWithin() {
    assertEquals(
        "{\"a\":[1,2],\"b\":\"x : { \\\" \\\\\",\"c\":\"\\u003c\\u0026\\u003e\"}",
        GoJson.compact(
            "{\n    \"a\": [1,\n 2],\n\t\"b\": \"x : { \\\" \\\\\",\r\n \"c\": \"<&>\" }\n"));
  }

  @Test
  void indentedHasOneMemberALine() {
    assertEquals(
        """
        [
            {
                "a": "x,{}[]:",
                "b": [],
                "c": {},
                "d": [
                    1,
                    "\\""
                ]
            }
        ]\
        """,
        GoJson.indented("[{\"a\":\"x,{}[]:\",\"b\":[],\"c\":{},\"d\":[1,\"\\\"\"]}]"));
    assertEquals("null", GoJson.indented("null"));
  }

  @Test
  void indentedAndCompactAreInverses() {
    String compact = "{\"a\":[{\"b\":null},[],{}],\"c\":\"\\\\\"}";
    assertEquals(compact, GoJson.compact(GoJson.indented(compact)));
  }
}
