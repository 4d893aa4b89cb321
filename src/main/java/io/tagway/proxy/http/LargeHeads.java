package io.tagway.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ByteProcessor;
import java.nio.charset.StandardCharsets;

/**
 * What the heads of one client take of the {@link HeadBudget}, from their first bytes until nothing
 * is left to be answered. Used by one event loop.
 */
final class LargeHeads {
  private static final byte[] TOO_LARGE =
      "HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final HeadBudget budget;
  private int arrived;
  private long partial;
  private long whole;

  LargeHeads(HeadBudget budget) {
    this.budget = budget;
  }

  /** Bytes of a head, or of several, have come in; false if there is no memory for them. */
  boolean arrived(ByteBuf bytes) {
    int many = bytes.readableBytes();
    arrived += many;
    if (arrived <= HeadBudget.SMALL) {
      return true;
    }
    long cost = many + (long) lines(bytes) * HeadBudget.LINE_BYTES;
    if (!budget.take(cost)) {
      return false;
    }
    partial += cost;
    return true;
  }

  private static int lines(ByteBuf bytes) {
    int lines = 0;
    int end = bytes.writerIndex();
    int at = bytes.forEachByte(ByteProcessor.FIND_LF);
    while (at >= 0) {
      lines++;
      at = at + 1 < end ? bytes.forEachByte(at + 1, end - at - 1, ByteProcessor.FIND_LF) : -1;
    }
    return lines;
  }

  /** A head is whole; false if there is no memory to keep it until it is answered. */
  boolean ended(HttpRequest request) {
    boolean large = arrived > HeadBudget.SMALL;
    arrived = 0;
    budget.give(partial);
    partial = 0;
    if (!large) {
      return true;
    }
    long cost = HeadBudget.bytes(request.headers());
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
    budget.give(partial);
    partial = 0;
  }

  /** What a client is told of whose request there is nothing whole. */
  static ByteBuf refusal(ByteBufAllocator allocator) {
    return allocator.buffer(TOO_LARGE.length).writeBytes(TOO_LARGE);
  }
}
