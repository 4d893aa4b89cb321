package io.tagway.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class KvTextTest {
  private static Buffer answer(String... keysAndValues) {
    io.vertx.core.json.JsonArray rows = new io.vertx.core.json.JsonArray();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      rows.add(
          new io.vertx.core.json.JsonObject()
              .put("Key", keysAndValues[i])
              .put("ModifyIndex", 7 + i)
              .put("Value", Buffer.buffer(keysAndValues[i + 1])));
    }
    return rows.toBuffer();
  }

  private static List<String> keys(KvText text, Buffer body) throws IOException {
    return text.pairs(body).stream().map(KvText.Pair::key).toList();
  }

  @Test
  void takes_the_key_itself_and_what_is_below_it_but_no_neighbours() throws IOException {
    Buffer body =
        answer(
            "fabio/config",
            "a",
            "fabio/config-old",
            "b",
            "fabio/config/x",
            "c",
            "fabio/configX",
            "d");
    assertEquals(
        List.of("fabio/config", "fabio/config/x"), keys(new KvText("/fabio/config"), body));
    assertEquals(List.of("fabio/config", "fabio/config/x"), keys(new KvText("fabio/config"), body));
  }

  @Test
  void a_path_that_ends_in_a_slash_takes_what_is_below() throws IOException {
    Buffer body = answer("fabio/config/", "a", "fabio/config/x", "c");
    assertEquals(
        List.of("fabio/config/", "fabio/config/x"), keys(new KvText("/fabio/config/"), body));
  }

  @Test
  void no_body_means_no_keys() throws IOException {
    assertEquals(List.of(), new KvText("/fabio/config").pairs(Buffer.buffer()));
  }

  @Test
  void values_are_trimmed_and_an_empty_one_is_null_to_consul() throws IOException {
    Buffer body =
        Buffer.buffer(
            "[{\"Key\":\"k\",\"Value\":null,\"ModifyIndex\":3},"
                + "{\"Key\":\"k/a\",\"Value\":\"CiAgaGkgIAo=\",\"ModifyIndex\":4}]");
    assertEquals(
        List.of(new KvText.Pair("k", "", 3), new KvText.Pair("k/a", "hi", 4)),
        new KvText("k").pairs(body));
    assertEquals("\n\nhi", KvText.joined(new KvText("k").pairs(body)));
  }

  @Test
  void half_an_answer_is_an_error() {
    assertThrows(IOException.class, () -> new KvText("k").pairs(Buffer.buffer("[{\"Key\":\"k\",")));
    assertThrows(IOException.class, () -> new KvText("k").pairs(Buffer.buffer("{}")));
    assertThrows(IOException.class, () -> new KvText("k").pairs(Buffer.buffer("[1]")));
  }
}
