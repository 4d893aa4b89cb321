package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodedHeadersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "- | Accept-Encoding",
        "Origin | Accept-Encoding;Origin",
        "Origin, accept-encoding | Origin, accept-encoding",
        "* | *",
      })
  void varyIsSaidOnce(String before, String after) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    if (before != null) {
      headers.add("Vary", before);
    }
    CodedHeaders.vary(headers);

    assertEquals(List.of(after.split(";", -1)), headers.getAll("vary"));
  }

  @Test
  void valuesAreWorkedOutOnceAndFewAreKept() {
    AtomicInteger worked = new AtomicInteger();
    ByValue<Integer> lengths =
        new ByValue<>(
            value -> {
              worked.incrementAndGet();
              return value.length();
            });

    assertEquals(4, lengths.of("gzip"));
    assertEquals(4, lengths.of("gzip"));
    assertEquals(1, worked.get());
    lengths.of("x".repeat(ByValue.LONGEST + 1));
    assertEquals(1, lengths.size());
    for (int i = 0; i < 10 * ByValue.MOST; i++) {
      lengths.of("v" + i);
      assertTrue(lengths.size() <= ByValue.MOST);
    }
  }
}
