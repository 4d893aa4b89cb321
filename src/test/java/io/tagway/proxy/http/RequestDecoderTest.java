package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestDecoderTest {
  private static final int ALL = 1_000_000;
  private static final String GET = "GET / HTTP/1.1\r\nHost: a.test\r\n";
  private static final String POST = "POST / HTTP/1.1\r\nHost: a.test\r\n";
  private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";
  private static final int LINES = 2_000;
  private static final String MANY = "a:\r\n".repeat(LINES);

  /** What they take at least, but for those with which a head is small yet. */
  private static final int COST = (LINES - HeadBudget.SMALL / 4) * HeadBudget.LINE_BYTES;

  private final HeadBudget budget = new HeadBudget(ALL);
  private final LargeHeads heads = new LargeHeads(budget);
  private final EmbeddedChannel channel = new EmbeddedChannel(new RequestDecoder(heads));

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
    assertEquals(ALL, budget.left());
  }

  private List<HttpObject> read(String bytes) {
    channel.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.US_ASCII));
    List<HttpObject> all = new ArrayList<>();
    for (HttpObject one = channel.readInbound(); one != null; one = channel.readInbound()) {
      all.add(one);
      ReferenceCountUtil.release(one);
    }
    return all;
  }

  private static void assertRefused(HttpObject whole) {
    assertTrue(whole.decoderResult().isFailure());
    assertEquals("no memory", whole.decoderResult().cause().getMessage());
  }

  @Test
  void aHeadInOnePieceIsChargedUntilItIsAnswered() {
    assertTrue(read(GET + MANY + "\r\n").get(0).decoderResult().isSuccess());
    assertTrue(budget.left() < ALL - COST, "" + budget.left());
    heads.answered();
    assertEquals(ALL, budget.left());
  }

  @Test
  void oneThatIsNotWholeYetIsChargedToo() {
    assertEquals(List.of(), read(GET + MANY));
    assertTrue(budget.left() < ALL - COST, "" + budget.left());
  }

  @Test
  void linesOfABodyAreNotThoseOfAHead() {
    read(POST + "Content-Length: 60000\r\n\r\n" + "a\r\n".repeat(20_000));
    assertEquals(ALL, budget.left());
    read(CHUNKED + "3\r\na\r\n\r\n".repeat(10_000) + "0\r\n\r\n");
    assertEquals(ALL, budget.left());
  }

  @Test
  void aHeadBehindAnotherRequestOfTheSameReadIsChargedToo() {
    assertEquals(4, read(GET + "\r\n" + GET + MANY + "\r\n").size());
    assertTrue(budget.left() < ALL - COST, "" + budget.left());
  }

  @Test
  void soIsOneThatIsNotWholeBehindABody() {
    read(POST + "Content-Length: 3000\r\n\r\n" + "\n".repeat(3000) + GET + MANY);
    assertTrue(budget.left() < ALL - COST, "" + budget.left());
  }

  @Test
  void trailersAreChargedAsHeadsAre() {
    read(CHUNKED + "1\r\nx\r\n0\r\n" + MANY);
    assertTrue(budget.left() < ALL - COST, "" + budget.left());
    assertTrue(read("\r\n").get(0).decoderResult().isSuccess());
    assertTrue(budget.left() < ALL - COST, "" + budget.left());
  }

  @Test
  void withoutMemoryAHeadIsAnInvalidRequestAndNothingBehindItIsRead() {
    assertTrue(budget.take(ALL - 1000));
    List<HttpObject> read = read(GET + MANY);
    assertEquals(1, read.size());
    assertInstanceOf(HttpRequest.class, read.get(0));
    assertRefused(read.get(0));
    assertEquals(List.of(), read("\r\n" + GET + "\r\n"));
    budget.give(ALL - 1000);
  }

  @Test
  void soIsOneThatIsWhole() {
    assertTrue(budget.take(ALL - 1000));
    assertRefused(read(GET + MANY + "\r\n").get(0));
    budget.give(ALL - 1000);
  }

  @Test
  void withoutMemoryTrailersAreBroken() {
    assertTrue(budget.take(ALL - 1000));
    List<HttpObject> read = read(CHUNKED + "1\r\nx\r\n0\r\n" + MANY);
    assertTrue(read.get(0).decoderResult().isSuccess());
    HttpObject last = read.get(read.size() - 1);
    assertInstanceOf(LastHttpContent.class, last);
    assertRefused(last);
    budget.give(ALL - 1000);
  }

  @Test
  void aLongLineIsWholeWhenItIsDecoded() {
    String line = "a: " + "b".repeat(5_000) + "\r\n";
    List<HttpObject> read = read(GET + line + line + "\r\n" + GET + "\r\n");
    assertEquals(4, read.size());
    assertEquals(2, ((HttpRequest) read.get(0)).headers().getAll("a").size());
    assertTrue(budget.left() < ALL - 10_000, "" + budget.left());
  }

  @Test
  void smallHeadsPassWithoutMemory() {
    assertTrue(budget.take(ALL));
    for (HttpObject each : read(GET + "\r\n" + POST + "Content-Length: 3\r\n\r\nabc")) {
      assertFalse(each.decoderResult().isFailure());
    }
    assertNull(channel.readInbound());
    budget.give(ALL);
  }
}
