package io.tagway.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DestinationTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "HTTP://Box.Example.ORG:8080/Q http://Box.Example.ORG:8080/Q",
        "http://10.0.0.1/a?x=1&y=2#frag http://10.0.0.1/a?x=1&y=2#frag",
        "http://10.0.0.1/a%20b%2Fc http://10.0.0.1/a%20b%2Fc",
        "http://10.0.0.1/{x}|y%2F http://10.0.0.1/%7Bx%7D%7Cy%2F",
        "http://10.0.0.1/\u00e4 http://10.0.0.1/%C3%A4",
        "http://10.0.0.1/? http://10.0.0.1/?",
        "https://$host$path https://$host$path",
        "https://$host:444/$path https://$host:444/$path",
        "http:///x http:///x",
        "//box/x //box/x",
        "/x:y /x:y",
        "./a:b ./a:b",
        "custom+1.0-x://h custom+1.0-x://h",
        "http://h?q=http://a@b/c http://h?q=http://a@b/c",
        "http://[fe80::1%25eth0]:80/ http://[fe80::1%25eth0]:80/",
      })
  void isPrintedInNormalForm(String url, String text) throws Unfit {
    assertEquals(text, Destination.of(url).text());
    assertEquals(text, Destination.of(text).text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.0.0.1:8080|first path segment in URL cannot contain colon",
        ":5432|missing protocol scheme",
        "http://h:80a/|invalid port \":80a\" after host",
        "https://$host:444$path|invalid port \":444$path\" after host",
        "http://h:65536/|invalid port \":65536\" after host",
        "http://[::1/|missing ']' in host",
        "http://[::1]x/|invalid port \"x\" after host",
        "http://h/%zz|invalid URL escape",
        "http://h/#%z|invalid URL escape",
        "http://h%z/|invalid URL escape",
        "http://a{b/|invalid character '{' in host name",
        "box:8080|no host: // expected behind the scheme",
        "mailto:a@b|no host: // expected behind the scheme",
      })
  void isRefusedWithAReason(String url, String reason) {
    Unfit unfit = assertThrows(Unfit.class, () -> Destination.of(url));
    assertEquals("route: invalid target. parse \"" + url + "\": " + reason, unfit.reason());
  }

  @Test
  void anyTextIsAUrlOrRefused() {
    Random random = new Random(11);
    List<String> parts =
        List.of(
            "http", "://", ":", "/", "//", "@", "[", "]", "::1", "%", "%41", "?", "#", "$host",
            "$path", "a", ".", "80", " ", "\n", "\u00e4", "{", "\\", "*");
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder url = new StringBuilder(random.nextBoolean() ? "http://" : "");
      for (int n = random.nextInt(6); n > 0; n--) {
        url.append(parts.get(random.nextInt(parts.size())));
      }
      try {
        Destination destination = Destination.of(url.toString());
        assertEquals(destination.text(), Destination.of(destination.text()).text());
        assertTrue(destination.port() >= 0 && destination.port() <= 65535);
        assertTrue(destination.host() != null);
        read++;
      } catch (Unfit unfit) {
        assertTrue(unfit.reason().startsWith("route: "), unfit::reason);
      }
    }
    assertTrue(read > 2_000);
  }
}
