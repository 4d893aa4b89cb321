package io.tagway.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Templates of names. */
class NamePartsTest {
  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "plain,plain",
        "{{.Exec}},A.b:C",
        "{{clean .Exec}},a_b_c",
        "{{ clean .Exec }},a_b_c",
        "{{clean .Empty}},_",
        "{{.Empty}}x,x",
        "a {{- .Exec -}} b,aA.b:Cb",
        "a {{.Exec}} b,a A.b:C b",
        "{{.Exec -}}  {{- .Exec}},A.b:CA.b:C"
      })
  void fieldsAreFilledIn(String template, String name) {
    assertEquals(name, new NameParts(template).fill(field -> field.equals("Empty") ? "" : "A.b:C"));
  }
}
