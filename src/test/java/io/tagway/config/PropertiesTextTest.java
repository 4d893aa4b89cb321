package io.tagway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PropertiesTextTest {

  static Stream<Arguments> lines() {
    return Stream.of(
        Arguments.of("a=b", "a", "b"),
        Arguments.of("a = b", "a", "b"),
        Arguments.of("a:b", "a", "b"),
        Arguments.of("a b", "a", "b"),
        Arguments.of("a  =  = b", "a", "= b"),
        Arguments.of("a \t=\fb", "a", "b"),
        Arguments.of("a :80", "a", "80"),
        Arguments.of("a : :80", "a", ":80"),
        Arguments.of("a", "a", ""),
        Arguments.of("  a=b # c", "a", "b # c"),
        Arguments.of("a=b  \t", "a", "b"),
        Arguments.of("a=b\\ ", "a", "b "),
        Arguments.of("a=b\\t\r\n", "a", "b\t"),
        Arguments.of("a=\\n\\r\\t\\f\\u0041\\:\\=\\q\\\\", "a", "\n\r\t\fA:=q\\"),
        Arguments.of("a\\=b=c", "a=b", "c"),
        Arguments.of("a=1\\\n   2", "a", "12"),
        Arguments.of("a=1\\\r\n   2", "a", "12"),
        Arguments.of("a=1\\\r   2", "a", "12"),
        Arguments.of("a=1 \\\n   2", "a", "1 2"),
        Arguments.of("\ufeffa=b", "a", "b"),
        Arguments.of("# x\n! y\n\n a=b", "a", "b"));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void readsKeyAndValue(String text, String key, String value) {
    PropertiesText.Result result = PropertiesText.parse(text);
    assertEquals(List.of(), result.problems());
    assertEquals(1, result.entries().size());
    assertEquals(key, result.entries().get(0).key());
    assertEquals(value, result.entries().get(0).value());
  }

  @Test
  void countsLinesOfEveryEnd() {
    assertEquals(
        List.of(
            new PropertiesText.Entry("a", "12", 1),
            new PropertiesText.Entry("b", "", 4),
            new PropertiesText.Entry("c", "", 5)),
        PropertiesText.parse("a=1\\\r\n 2\n\rb\r\nc").entries());
  }

  @Test
  void reportsEveryBadLineAndReadsTheOthers() {
    PropertiesText.Result result = PropertiesText.parse("= x\na=\\u12\nb=c\n:\nd=\\");
    assertEquals(
        List.of(
            "properties: Line 1: a line must start with a key, not with a delimiter",
            "properties: Line 2: invalid unicode literal",
            "properties: Line 4: a line must start with a key, not with a delimiter",
            "properties: Line 5: premature EOF"),
        result.problems());
    assertEquals(List.of(new PropertiesText.Entry("b", "c", 3)), result.entries());
  }
}
