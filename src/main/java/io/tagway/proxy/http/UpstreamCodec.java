package io.tagway.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * HTTP/1.1 to a target, one request at a time. Unlike Netty's HttpClientCodec it can be asked
 * whether bytes of an answer that nobody waits for have come: they would become the beginning of
 * the next one.
 */
final class UpstreamCodec
    extends CombinedChannelDuplexHandler<HttpResponseDecoder, HttpRequestEncoder> {
  private static final int PIECE_BYTES = 1 << 16;
  private static final byte[] VERSION = " HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Answers answers = new Answers();
  private boolean head;

  UpstreamCodec() {
    init(answers, new Requests());
  }

  /** Whether everything that was read has become a part of some answer. */
  boolean isClear() {
    return answers.isClear();
  }

  private static HttpDecoderConfig config() {
    return new HttpDecoderConfig()
        .setMaxInitialLineLength(PIECE_BYTES)
        .setMaxHeaderSize(UpstreamPool.HEAD_BYTES)
        .setMaxChunkSize(PIECE_BYTES)
        // Old programs end lines with LF alone, and tell the same length twice or a length of what
        // they send in chunks; that is harmless on this side.
        .setStrictLineParsing(false)
        .setAllowDuplicateContentLengths(true)
        .setUseRfc9112TransferEncoding(false);
  }

  private final class Requests extends HttpRequestEncoder {
    @Override
    protected void encode(ChannelHandlerContext context, Object message, List<Object> out)
        throws Exception {
      if (message instanceof HttpRequest request) {
        head = request.method().equals(HttpMethod.HEAD);
      }
      super.encode(context, message, out);
    }

    /** Netty would write what was read as one byte a character in the two of UTF-8. */
    @Override
    protected void encodeInitialLine(ByteBuf out, HttpRequest request) {
      ByteBufUtil.copy(request.method().asciiName(), out);
      out.writeByte(' ');
      ByteBufUtil.writeAscii(out, request.uri());
      out.writeBytes(VERSION);
    }
  }

  private final class Answers extends HttpResponseDecoder {
    private boolean begun;

    Answers() {
      super(config());
    }

    @Override
    protected HttpMessage createMessage(String[] initialLine) {
      begun = true;
      return super.createMessage(initialLine);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
        throws Exception {
      int known = out.size();
      super.decode(context, in, out);
      for (int i = known; i < out.size(); i++) {
        begun &= !(out.get(i) instanceof LastHttpContent);
      }
    }

    /** Lines that were read of a head are no longer in the buffer. */
    boolean isClear() {
      return !begun && actualReadableBytes() == 0;
    }

    /** RFC 9110, section 9.3.2: an answer to HEAD has no body, whatever its length says. */
    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
      return head || super.isContentAlwaysEmpty(message);
    }
  }
}
