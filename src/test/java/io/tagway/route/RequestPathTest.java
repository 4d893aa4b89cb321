package io.tagway.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RequestPathTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "/ / /",
        "/a/b /a/b /a/b",
        "/a/./b/../c /a/c /a/c",
        "/a//b///c /a/b/c /a/b/c",
        "/a/b/.. /a /a",
        "/a/b/../ /a/ /a/",
        "/a/. /a /a",
        "/a/./ /a/ /a/",
        "/a/%2e%2e/b /b /b",
        "/../../x /x /x",
        "/.. / /",
        "/../ / /",
        "// / /",
        "/a%2Fb%20c /a%2Fb%20c /a/b_c",
        "/a%2F /a%2F /a/",
        "/a/%2F /a%2F /a/",
        "/%2Fx /x /x",
        "/..%2Fx /x /x",
        "/api%2F..%2Fv2//users/ /v2/users/ /v2/users/",
        "/100%25 /100%25 /100%",
        "/a%252Fb /a%252Fb /a%2Fb",
        "/a%3Fb /a%3Fb /a?b",
        "/a%23b /a%23b /a#b",
        "//foo/bar /foo/bar /foo/bar",
        "/%66oo /%66oo /foo",
        "/a{b}%2f /a%7Bb%7D%2f /a{b}/",
        "/x!$&'()*+,;=:@[] /x!$&'()*+,;=:@[] /x!$&'()*+,;=:@[]",
        "/.well-known/a /.well-known/a /.well-known/a",
        "/.../a /.../a /.../a",
        "/..a/.b /..a/.b /..a/.b",
        "/a%zz /a%25zz /a%zz",
        "/a% /a%25 /a%",
        "* * *",
        "foo/../x foo/../x foo/../x",
      })
  void isNormalisedInBothSpellings(String path, String raw, String decoded) {
    RequestPath read = RequestPath.of(path);
    assertEquals(raw, read.raw());
    assertEquals(decoded.replace('_', ' '), read.decoded());
  }

  @Test
  void takesEachCharForAByteOfUtf8() {
    RequestPath read = RequestPath.of("/Ã¤");
    assertEquals("/%C3%A4", read.raw());
    assertEquals("/ä", read.decoded());
    assertEquals("/%E8%AA%9E", RequestPath.of("/語").raw());
  }

  @Test
  void isTheTextItselfWhereNothingIsToDo() {
    String path = "/a/b.c-d_e~f/.g";
    RequestPath read = RequestPath.of(path);
    assertSame(path, read.raw());
    assertSame(path, read.decoded());
    String target = path + "?q=%zz";
    RouteRequest request = RouteRequest.of(false, "h", target);
    assertSame(target, request.uri());
    assertEquals("?q=%zz", request.query());
    assertEquals("/b?", RouteRequest.of(false, "h", "/a/../b?").uri());
  }

  @Test
  void knowsBrokenEscapes() {
    assertTrue(RequestPath.isWellFormed("/a%2F%c3"));
    assertFalse(RequestPath.isWellFormed("/a%2"));
    assertFalse(RequestPath.isWellFormed("/%zz"));
    assertFalse(RequestPath.isWellFormed("/%"));
  }

  static List<Long> seeds() {
    return IntStream.range(0, 60).mapToObj(i -> 2741L * i + 7).toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyPathComesOutNormalSafeAndTheSameInBothSpellings(long seed) {
    Random random = new Random(seed);
    List<String> parts =
        List.of(
            "/", "/", "a", ".", "..", "%2e", "%2F", "%2f", "%", "%4", "%00", "%0d%0a", "\r\n", " ",
            "Ã¤", "é", "語", "{", "?", "#", "%25", "\\", "%5c");
    for (int i = 0; i < 200; i++) {
      StringBuilder path = new StringBuilder("/");
      for (int n = random.nextInt(10); n > 0; n--) {
        path.append(parts.get(random.nextInt(parts.size())));
      }
      RequestPath read = RequestPath.of(path.toString());
      for (String segment : read.decoded().substring(1).split("/", -1)) {
        assertFalse(segment.equals(".") || segment.equals(".."), read::toString);
      }
      assertFalse(read.decoded().contains("//"), read::toString);
      assertTrue(read.raw().startsWith("/"), read::toString);
      assertTrue(read.raw().chars().allMatch(c -> c > ' ' && c < 127), read::toString);
      assertEquals(read.decoded(), Escapes.decode(read.raw()));
      RequestPath again = RequestPath.of(read.raw());
      assertEquals(read, again, "once is enough");
    }
  }

  @Test
  void keepsBytesThatAreNoUtf8InTheSpelling() {
    RequestPath read = RequestPath.of("/%ff/./x");
    assertEquals("/%ff/x", read.raw());
    assertEquals(
        new String(new byte[] {'/', (byte) 0xff, '/', 'x'}, StandardCharsets.UTF_8),
        read.decoded());
  }
}
