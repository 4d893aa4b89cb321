package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LargeHeadsTest {
  private static final int ALL = 100_000;
  private static final int LINE = 6;

  private final HeadBudget budget = new HeadBudget(ALL);
  private final LargeHeads heads = new LargeHeads(budget);

  private static boolean arrive(LargeHeads heads, int lines) {
    ByteBuf bytes = Unpooled.copiedBuffer("a: b\r\n".repeat(lines), StandardCharsets.US_ASCII);
    return heads.arrived(bytes, 0, bytes.writerIndex());
  }

  private static HttpHeaders head(int lines) {
    HttpHeaders head = new DefaultHttpHeaders();
    for (int i = 0; i < lines; i++) {
      head.add("a", "b");
    }
    return head;
  }

  @Test
  void aSmallHeadTakesNothing() {
    assertTrue(arrive(heads, 100));
    assertTrue(heads.ended(head(100), LINE));
    assertEquals(ALL, budget.left());
  }

  @Test
  void aLargeOneTakesWhatItsLinesDoUntilItIsAnswered() {
    assertTrue(arrive(heads, 500));
    assertEquals(ALL - 500 * (LINE + HeadBudget.LINE_BYTES), budget.left());

    assertTrue(heads.ended(head(500), LINE));
    assertEquals(ALL - 500 * (2 + HeadBudget.LINE_BYTES), budget.left());

    heads.answered();
    assertEquals(ALL, budget.left());
  }

  @Test
  void oneThatComesWholeDoesToo() {
    assertTrue(heads.ended(head(500), 500 * LINE));
    assertEquals(ALL - 500 * (2 + HeadBudget.LINE_BYTES), budget.left());
  }

  @Test
  void oneThatComesInPiecesIsSeenToo() {
    for (int i = 0; i < 100; i++) {
      assertTrue(arrive(heads, 5));
    }
    assertTrue(budget.left() < ALL - 30 * 5 * HeadBudget.LINE_BYTES);
    heads.closed();
    assertEquals(ALL, budget.left());
  }

  @Test
  void whatThereIsNoMemoryForIsRefusedAndOthersAreNot() {
    LargeHeads other = new LargeHeads(budget);
    assertTrue(arrive(heads, 700));
    assertFalse(arrive(other, 700));
    assertTrue(arrive(new LargeHeads(budget), 100));
    other.closed();

    heads.closed();
    assertEquals(ALL, budget.left());
    assertTrue(arrive(other, 700));
  }

  @Test
  void aHeadIsRefusedAlsoWhenItIsWhole() {
    assertTrue(arrive(heads, 400));
    assertFalse(heads.ended(head(2_000), LINE));
    assertEquals(ALL, budget.left());
  }
}
