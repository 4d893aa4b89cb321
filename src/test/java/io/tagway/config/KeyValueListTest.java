package io.tagway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tagway.config.KeyValueList.Entry;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyValueListTest {

  /** Entries as key=value joined with ; and /. */
  private static String shown(String text) {
    Reading<List<Entry>> reading = KeyValueList.parse(text);
    if (reading instanceof Reading.Unfit<List<Entry>> bad) {
      return "! " + bad.reason();
    }
    return ((Reading.Value<List<Entry>>) reading)
        .value().stream()
            .map(
                entry ->
                    entry.pairs().stream()
                        .map(pair -> pair.key() + "=" + pair.value())
                        .collect(Collectors.joining(";")))
            .collect(Collectors.joining("/"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | ``",
        "; , ;; | ``",
        ":1 | =:1",
        ":1,:2 | =:1/=:2",
        " :1 ; rt = 1s ; wt=2s | =:1;rt=1s;wt=2s",
        ":1;a=b;,:2; | =:1;a=b/=:2",
        ":1; ,:2 | =:1/=:2",
        "a=b=c | a=b=c",
        "a=b = c | a=b = c",
        "a==b | a==b",
        "a= | a=",
        "a=;b= | a=;b=",
        "a=x y | a=x y",
        "a=\"x,y;z=1\" | a=x,y;z=1",
        "a= \" x \"  | `a= x `",
        "a='x y' | a=x y",
        "a='it\\'s' | a=it's",
        "a=\"b\"c | a=bc",
        "a=b\"c\" | a=b\"c\"",
        "a=b=\"c;d\" | a=b=c;d",
        "\":1\";a=b | =:1;a=b",
        "\"k\"=v | k=v",
        "a=\"\\x41\\101\\u00e9\\U0001F600\\xc3\\xa9\" | a=AA\u00e9\uD83D\uDE00\u00e9"
      })
  void readsEntries(String text, String entries) {
    assertEquals(entries, shown(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        ":1;strictmatch | the key \"strictmatch\" needs \"=\" and a value",
        ":1;strictmatch,:2 | the key \"strictmatch\" needs \"=\" and a value",
        "=x | a value needs a key in front of \"=\"",
        ":1;=x | a value needs a key in front of \"=\"",
        "\":1\"x | unexpected text behind a quoted one: \":1x\"",
        "a=\"b | unbalanced quotes",
        "a=\"b\\ | unterminated escape sequence",
        "a=\"\\q\" | invalid escape sequence",
        "a=\"\\'\" | invalid escape sequence",
        "a=\"\\777\" | invalid escape sequence",
        "a=\"\\ud800\" | invalid escape sequence",
        "a=\"\\UFFFFFFFF\" | invalid escape sequence",
        "a=\"\\x4 | invalid escape sequence"
      })
  void refuses(String text, String reason) {
    assertEquals("! " + reason, shown(text));
  }

  @Test
  void keepsTheTextOfAnEntryForMessages() {
    Reading<List<Entry>> reading = KeyValueList.parse(":1;a=b, :2;c=d");
    assertEquals(
        List.of(":1;a=b", ":2;c=d"),
        reading.orElse(List.of(), bad -> {}).stream().map(Entry::text).toList());
  }
}
