package io.tagway.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CleanPathTest {
  @ParameterizedTest
  @CsvSource({
    "/routes, /routes",
    "/, /",
    "'', /",
    "/api//routes, /api/routes",
    "//evil.example/x, /evil.example/x",
    "/a/../api/./routes, /api/routes",
    "/../../x, /x",
    "/a/.., /",
    "/a/b/, /a/b/",
    "/a/b//, /a/b/",
    "/a/.hidden, /a/.hidden",
    "/a/..b/%2e%2e, /a/..b/%2e%2e",
    "*, /*"
  })
  void emptyAndDotSegmentsGo(String path, String clean) {
    assertEquals(clean, CleanPath.of(path));
  }
}
