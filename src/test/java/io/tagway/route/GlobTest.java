package io.tagway.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
  static List<Long> seeds() {
    return IntStream.range(0, 100).mapToObj(i -> 31337L * i + 5).toList();
  }

  /** The same language in the words of another matcher. */
  static Pattern asRegex(String glob) {
    StringBuilder regex = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        case '[' -> {
          int end = glob.indexOf(']', i);
          String inner = glob.substring(i + 1, end);
          regex.append('[').append(inner.startsWith("!") ? "^" + inner.substring(1) : inner);
          regex.append(']');
          i = end;
        }
        case '{' -> {
          regex.append("(?:");
          depth++;
        }
        case '}' -> {
          regex.append(depth > 0 ? ")" : "\\}");
          depth -= depth > 0 ? 1 : 0;
        }
        case ',' -> regex.append(depth > 0 ? "|" : ",");
        case '\\' -> regex.append(Pattern.quote(String.valueOf(glob.charAt(++i))));
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.append(")".repeat(depth)).toString(), Pattern.DOTALL);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void matchesWhatTheSameRegularExpressionMatches(long seed) throws Unfit {
    Random random = new Random(seed);
    List<String> parts =
        List.of(
            "a",
            "b",
            "/",
            ".",
            "*",
            "**",
            "?",
            "[ab]",
            "[a-c]",
            "[!a]",
            "{a,b*}",
            "{,a{b,c}}",
            "\\*",
            "}",
            ",",
            "]");
    for (int i = 0; i < 100; i++) {
      StringBuilder pattern = new StringBuilder();
      for (int n = random.nextInt(7); n > 0; n--) {
        pattern.append(parts.get(random.nextInt(parts.size())));
      }
      Glob glob = Glob.of(pattern.toString());
      Pattern regex = asRegex(pattern.toString());
      for (int n = 0; n < 40; n++) {
        StringBuilder text = new StringBuilder();
        for (int k = random.nextInt(7); k > 0; k--) {
          text.append("abc/.*},]".charAt(random.nextInt(9)));
        }
        boolean expected = regex.matcher(text).matches();
        assertEquals(expected, glob.matches(text.toString()), () -> pattern + " on " + text);
        if (expected) {
          assertTrue(text.toString().startsWith(glob.prefix()), () -> pattern + " " + text);
          assertTrue(text.length() >= glob.literals(), () -> pattern + " " + text);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "/foo/*/bar /foo/",
        "{ab,ac}x a",
        "*.a.org ''",
        "a\\*b a*b",
        "/plain /plain",
        "a?,a a",
        "a[b] a"
      })
  void knowsWhatEveryMatchStartsWith(String pattern, String prefix) throws Unfit {
    assertEquals(prefix, Glob.of(pattern).prefix());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {"*.a.org 6", "{api,www1}.a.org 9", "v[0-9]?.q 3", "a\\*b 3", "{,x}* 0"})
  void countsTheCharactersThatAreGiven(String pattern, int literals) throws Unfit {
    assertEquals(literals, Glob.of(pattern).literals());
  }

  @Test
  void takesACharacterOutsideTheBasicPlaneForOne() throws Unfit {
    assertTrue(Glob.of("a?b").matches("a\ud83d\ude00b"));
    assertFalse(Glob.of("a??b").matches("a\ud83d\ude00b"));
    assertTrue(Glob.of("[\ud83d\ude00]").matches("\ud83d\ude00"));
  }

  @Test
  void takesABraceThatIsNotClosedForClosedAtTheEnd() throws Unfit {
    assertTrue(Glob.of("/x{a,b").matches("/xb"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x[",
        "x[a",
        "[]",
        "[!]",
        "[z-a]",
        "[a-z0]",
        "[-a]",
        "[a-]",
        "a\\",
        "[a-",
        "{a,b,c,d}{a,b,c,d}{a,b,c,d}{a,b,c,d}{a,b,c,d}"
      })
  void refusesWhatHasNoPlainMeaning(String pattern) {
    assertThrows(Unfit.class, () -> Glob.of(pattern));
  }

  @Test
  void manyStarsTakeNoLongTime() throws Unfit {
    Glob glob = Glob.of("*a".repeat(50) + "b");
    String text = "a".repeat(5_000);
    assertFalse(assertTimeoutPreemptively(Duration.ofSeconds(20), () -> glob.matches(text)));
  }
}
