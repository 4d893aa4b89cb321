package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2Error;
import io.tagway.proxy.Failure;
import io.tagway.proxy.http.Decision.Refusal;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The small parts of gRPC: lengths, deadlines, statuses, texts. */
class GrpcPartsTest {
  private static ByteBuf message(int flags, int length) {
    return Unpooled.buffer().writeByte(flags).writeInt(length).writeZero(length);
  }

  @Test
  void messagesUpToTheLimitPass() {
    GrpcMessages messages = new GrpcMessages(10);
    assertEquals(GrpcMessages.NONE, messages.over(message(0, 10)));
    assertEquals(GrpcMessages.NONE, messages.over(message(1, 0)));
    assertEquals(11, messages.over(message(0, 11)));
  }

  @Test
  void theLimitMayBeZero() {
    assertEquals(GrpcMessages.NONE, new GrpcMessages(0).over(message(0, 0)));
    assertEquals(1, new GrpcMessages(0).over(message(0, 1)));
  }

  @Test
  void aLengthOfFourGigabytesIsNotNegative() {
    ByteBuf prefix = Unpooled.buffer().writeByte(0).writeInt(-1);
    assertEquals(0xffffffffL, new GrpcMessages(Integer.MAX_VALUE).over(prefix));
  }

  @Test
  void piecesMayBeCutAnywhere() {
    Random random = new Random(42);
    for (int round = 0; round < 200; round++) {
      ByteBuf all = Unpooled.buffer();
      for (int i = random.nextInt(6); i > 0; i--) {
        all.writeBytes(message(random.nextInt(2), random.nextInt(20)));
      }
      boolean tooLong = random.nextBoolean();
      if (tooLong) {
        all.writeBytes(message(0, 21 + random.nextInt(20)));
      }
      GrpcMessages messages = new GrpcMessages(20);
      boolean found = false;
      while (all.isReadable()) {
        ByteBuf piece = all.readSlice(1 + random.nextInt(Math.min(7, all.readableBytes())));
        found |= messages.over(piece) != GrpcMessages.NONE;
      }
      assertEquals(tooLong, found, "round " + round);
    }
  }

  @Test
  void timeoutsAreDigitsAndAUnit() {
    assertEquals(TimeUnit.HOURS.toNanos(2), GrpcTimeout.nanos("2H"));
    assertEquals(TimeUnit.MINUTES.toNanos(3), GrpcTimeout.nanos("3M"));
    assertEquals(TimeUnit.SECONDS.toNanos(4), GrpcTimeout.nanos("4S"));
    assertEquals(TimeUnit.MILLISECONDS.toNanos(50), GrpcTimeout.nanos("50m"));
    assertEquals(TimeUnit.MICROSECONDS.toNanos(6), GrpcTimeout.nanos("6u"));
    assertEquals(99_999_999, GrpcTimeout.nanos("99999999n"));
    assertEquals(1, GrpcTimeout.nanos("0S"));
  }

  @Test
  void whatIsNoTimeoutIsNoLimit() {
    for (String text : new String[] {"", "S", "5", "5s", "-1S", "1.5S", "999999999n"}) {
      assertEquals(0, GrpcTimeout.nanos(text), text);
    }
    assertEquals(0, GrpcTimeout.nanos(null));
  }

  @Test
  void failuresBecomeStatuses() {
    assertEquals(GrpcStatus.UNAVAILABLE, GrpcStatus.of(Failure.DIAL_FAILED, null));
    assertEquals(GrpcStatus.UNAVAILABLE, GrpcStatus.of(Failure.DIAL_TIMEOUT, null));
    assertEquals(GrpcStatus.UNAVAILABLE, GrpcStatus.of(Failure.ANSWER_CUT, null));
    assertEquals(GrpcStatus.DEADLINE_EXCEEDED, GrpcStatus.of(Failure.DEADLINE, null));
    assertEquals(GrpcStatus.RESOURCE_EXHAUSTED, GrpcStatus.of(Failure.REQUEST_TOO_LARGE, null));
    assertEquals(GrpcStatus.NOT_FOUND, GrpcStatus.of(Refusal.NO_ROUTE));
    assertEquals(GrpcStatus.PERMISSION_DENIED, GrpcStatus.of(Refusal.DENIED));
  }

  @Test
  void aResetSaysMoreThanTheFailure() {
    for (Object[] pair :
        new Object[][] {
          {Http2Error.CANCEL, GrpcStatus.CANCELLED},
          {Http2Error.ENHANCE_YOUR_CALM, GrpcStatus.RESOURCE_EXHAUSTED},
          {Http2Error.INADEQUATE_SECURITY, GrpcStatus.PERMISSION_DENIED},
          {Http2Error.REFUSED_STREAM, GrpcStatus.UNAVAILABLE},
          {Http2Error.PROTOCOL_ERROR, GrpcStatus.INTERNAL}
        }) {
      StreamReset reset = StreamReset.of(((Http2Error) pair[0]).code());
      assertEquals(pair[1], GrpcStatus.of(Failure.ANSWER_CUT, reset));
    }
    assertEquals(GrpcStatus.INTERNAL, GrpcStatus.of(Failure.ANSWER_CUT, StreamReset.of(4711)));
  }

  @Test
  void textsAreEscaped() {
    assertEquals("no route found", GrpcText.escaped("no route found"));
    assertEquals("100%25 gr%C3%BCn%0A", GrpcText.escaped("100% grün\n"));
  }
}
