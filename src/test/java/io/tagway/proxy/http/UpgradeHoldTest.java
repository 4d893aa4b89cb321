package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpgradeHoldTest {
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final UpgradeHold hold = hold();

  private UpgradeHold hold() {
    channel.pipeline().addLast("httpDecoder", new ChannelInboundHandlerAdapter());
    channel.pipeline().addLast("behind", new ChannelInboundHandlerAdapter());
    return UpgradeHold.begin(channel.pipeline().context("behind"));
  }

  private List<ByteBuf> singleBytes(int count) {
    List<ByteBuf> read = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ByteBuf piece = Unpooled.buffer(2048).writeByte('a' + i % 26);
      read.add(piece);
      channel.writeInbound(piece);
    }
    return read;
  }

  @Test
  void manyShortPiecesAreKeptAsOne() {
    List<ByteBuf> read = singleBytes(1000);
    assertEquals(1, read.stream().filter(piece -> piece.refCnt() > 0).count());
    channel.pipeline().remove(hold);
    ByteBuf all = channel.readInbound();
    assertEquals(1000, all.readableBytes());
    assertEquals('a', all.getByte(0));
    assertEquals('a' + 999 % 26, all.getByte(999));
    assertNull(channel.readInbound());
    all.release();
  }

  @Test
  void nothingIsKeptOfAClientThatGoes() {
    List<ByteBuf> read = singleBytes(3);
    channel.close().syncUninterruptibly();
    assertEquals(0, read.stream().filter(piece -> piece.refCnt() > 0).count());
  }
}
