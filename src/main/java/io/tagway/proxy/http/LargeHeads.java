package io.tagway.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AttributeKey;
import io.netty.util.ByteProcessor;

/**
 * What the heads of one client of HTTP/1 take of the {@link HeadBudget}, and the trailers, from
 * their first bytes until nothing is left to be answered. Used by one event loop.
 */
final class LargeHeads {
  private static final AttributeKey<LargeHeads> KEY =
      AttributeKey.valueOf(LargeHeads.class, "heads");

  private final HeadBudget budget;
  private int arrived;
  private long partial;
  private long whole;

  LargeHeads(HeadBudget budget) {
    this.budget = budget;
  }

  /** Those of a connection, which may have begun before it is known what the client speaks. */
  static LargeHeads of(Channel channel, HeadBudget budget) {
    LargeHeads begun = channel.attr(KEY).get();
    if (begun != null) {
      return begun;
    }
    LargeHeads heads = new LargeHeads(budget);
    channel.attr(KEY).set(heads);
    return heads;
  }

  /** What was taken for a connection is free again, if that was anything. */
  static void forget(Channel channel) {
    LargeHeads begun = channel.attr(KEY).get();
    if (begun != null) {
      begun.closed();
    }
  }

  /**
   * Bytes of a head that is not whole have come in; false if there is no memory for them.
   *
   * @param in where they are
   * @param from the first of them
   * @param to behind the last
   */
  boolean arrived(ByteBuf in, int from, int to) {
    arrived += to - from;
    if (arrived <= HeadBudget.SMALL) {
      return true;
    }
    long cost = to - from + (long) lines(in, from, to) * HeadBudget.LINE_BYTES;
    if (!budget.take(cost)) {
      return false;
    }
    partial += cost;
    return true;
  }

  private static int lines(ByteBuf in, int from, int to) {
    LineCounter counter = new LineCounter();
    in.forEachByte(from, to - from, counter);
    return counter.lines;
  }

  private static final class LineCounter implements ByteProcessor {
    private int lines;

    @Override
    public boolean process(byte value) {
      if (value == '\n') {
        lines++;
      }
      return true;
    }
  }

  /** What arrived was none. */
  void passed() {
    arrived = 0;
    budget.give(partial);
    partial = 0;
  }

  /**
   * A head is whole; false if there is no memory to keep it until it is answered.
   *
   * @param last how many bytes of it have not {@link #arrived} before
   */
  boolean ended(HttpHeaders lines, int last) {
    boolean large = arrived + last > HeadBudget.SMALL;
    passed();
    if (!large) {
      return true;
    }
    long cost = HeadBudget.cost(lines);
    if (!budget.take(cost)) {
      return false;
    }
    whole += cost;
    return true;
  }

  /** Every request is answered. */
  void answered() {
    budget.give(whole);
    whole = 0;
  }

  void closed() {
    answered();
    passed();
  }
}
