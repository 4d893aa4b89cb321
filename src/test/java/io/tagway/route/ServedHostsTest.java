package io.tagway.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServedHostsTest {
  private static final Table TABLE =
      Tables.of(
          "route add a a.test/ http://h:1/",
          "route add a deep.test/below http://h:1/",
          "route add a plain.test:80/ http://h:1/",
          "route add a secure.test:443/ http://h:1/",
          "route add a *.wild.test/ http://h:1/",
          "route add a :5432 tcp://h:1");

  @ParameterizedTest
  @CsvSource({
    "a.test, true",
    "A.TEST, true",
    "a.test., true",
    "deep.test, true",
    "secure.test, true",
    "x.wild.test, true",
    "plain.test, false",
    "wild.test, false",
    "other.test, false",
    "5432, false"
  })
  void aHostIsServedByItsNameOrAPattern(String host, boolean served) {
    assertEquals(served, TABLE.serves(host));
  }

  @Test
  void aRouteWithoutAHostServesAllOfThem() {
    assertEquals(true, Tables.of("route add a / http://h:1/").serves("any.test"));
    assertEquals(false, Tables.of().serves("any.test"));
  }
}
