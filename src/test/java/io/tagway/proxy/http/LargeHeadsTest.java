package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LargeHeadsTest {
  private static final int ALL = 100_000;

  private final HeadBudget budget = new HeadBudget(ALL);
  private final LargeHeads heads = new LargeHeads(budget);

  private static ByteBuf lines(int many, String line) {
    return Unpooled.copiedBuffer(line.repeat(many), StandardCharsets.US_ASCII);
  }

  private static HttpRequest request(int lines, String value) {
    HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
    for (int i = 0; i < lines; i++) {
      request.headers().add("a", value);
    }
    return request;
  }

  @Test
  void aSmallHeadTakesNothing() {
    assertTrue(heads.arrived(lines(100, "a: b\r\n")));
    assertTrue(heads.ended(request(100, "b")));
    assertEquals(ALL, budget.left());
  }

  @Test
  void aLargeOneTakesWhatItsLinesDoUntilItIsAnswered() {
    assertTrue(heads.arrived(lines(500, "a: b\r\n")));
    assertEquals(ALL - 500 * (6 + HeadBudget.LINE_BYTES), budget.left());

    assertTrue(heads.ended(request(500, "b")));
    assertEquals(ALL - 500 * (2 + HeadBudget.LINE_BYTES), budget.left());

    heads.answered();
    assertEquals(ALL, budget.left());
  }

  @Test
  void oneThatComesInPiecesIsSeenToo() {
    for (int i = 0; i < 100; i++) {
      assertTrue(heads.arrived(lines(5, "a: b\r\n")));
    }
    assertTrue(budget.left() < ALL - 30 * 5 * HeadBudget.LINE_BYTES);
    heads.closed();
    assertEquals(ALL, budget.left());
  }

  @Test
  void whatThereIsNoMemoryForIsRefusedAndOthersAreNot() {
    LargeHeads other = new LargeHeads(budget);
    assertTrue(heads.arrived(lines(700, "a: b\r\n")));
    assertFalse(other.arrived(lines(700, "a: b\r\n")));
    assertTrue(new LargeHeads(budget).arrived(lines(100, "a: b\r\n")));
    other.closed();

    heads.closed();
    assertEquals(ALL, budget.left());
    assertTrue(other.arrived(lines(700, "a: b\r\n")));
  }

  @Test
  void aHeadIsRefusedAlsoWhenItIsWhole() {
    assertTrue(heads.arrived(lines(40, "a: " + "b".repeat(60) + "\r\n")));
    assertFalse(heads.ended(request(2_000, "b")));
    assertEquals(ALL, budget.left());
  }
}
