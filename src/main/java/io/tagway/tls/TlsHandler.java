package io.tagway.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Netty's TLS handler, which looks at the ClientHello before the engine does: to answer those who
 * speak plain HTTP, to refuse names that have no certificate, and to wait for one that is being
 * issued.
 */
final class TlsHandler extends SslHandler {
  /** What the look at a ClientHello needs to know. */
  interface Door {
    /** The certificates to choose from, once those for this name are there. Never fails. */
    Future<Void> prepare(String serverName);

    /** The number of the alert (RFC 8446, 6) that a client gets now; 0 = it may come in. */
    int refusal(String serverName);
  }

  static final int INTERNAL_ERROR = 80;
  static final int UNRECOGNIZED_NAME = 112;

  /** Read while waiting for a certificate; nobody sends more before the server has spoken. */
  private static final int MAX_WAITING_BYTES = 1 << 16;

  private static final int PROBE_BYTES = 5;

  /** The first five bytes of requests. */
  private static final Set<String> METHODS =
      Set.of(
          "GET /", "HEAD ", "POST ", "PUT /", "PATCH", "DELET", "OPTIO", "CONNE", "TRACE", "PRI *");

  private static final String PLAIN_HTTP =
      "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n";

  private enum Stage {
    LOOKING,
    WAITING,
    OPEN,
    SHUT
  }

  private final Door door;
  private final boolean http;
  private @Nullable ClientHelloReader reader = new ClientHelloReader();
  private Stage stage = Stage.LOOKING;

  /**
   * @param http whether a plain HTTP request gets an answer that explains
   */
  TlsHandler(SSLEngine engine, boolean startTls, Executor executor, Door door, boolean http) {
    super(engine, startTls, executor);
    this.door = door;
    this.http = http;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws SSLException {
    if (stage == Stage.OPEN) {
      super.decode(context, in, out);
      return;
    }
    ClientHelloReader looking = reader;
    if (stage == Stage.LOOKING && looking != null) {
      look(context, in, looking.read(in));
      if (stage != Stage.LOOKING) {
        // It holds a copy of the ClientHello, and the connection may last.
        reader = null;
      }
    }
    if (stage == Stage.OPEN) {
      super.decode(context, in, out);
    } else if (stage == Stage.SHUT || in.readableBytes() > MAX_WAITING_BYTES) {
      in.skipBytes(in.readableBytes());
      if (stage != Stage.SHUT) {
        shut(context, Unpooled.EMPTY_BUFFER);
      }
    }
  }

  private void look(ChannelHandlerContext context, ByteBuf in, ClientHello hello) {
    if (hello instanceof ClientHello.Named named) {
      enter(context, named.serverName());
    } else if (hello instanceof ClientHello.Nameless) {
      enter(context, "");
    } else if (hello instanceof ClientHello.NotTls && http) {
      explain(context, in);
    } else if (!(hello instanceof ClientHello.Incomplete)) {
      // The engine knows best what to say to these.
      stage = Stage.OPEN;
    }
  }

  private void explain(ChannelHandlerContext context, ByteBuf in) {
    if (in.readableBytes() >= PROBE_BYTES) {
      String start = in.toString(in.readerIndex(), PROBE_BYTES, StandardCharsets.ISO_8859_1);
      if (METHODS.contains(start)) {
        shut(context, Unpooled.copiedBuffer(PLAIN_HTTP, StandardCharsets.US_ASCII));
      } else {
        stage = Stage.OPEN;
      }
    }
  }

  private void enter(ChannelHandlerContext context, String serverName) {
    Future<Void> ready = door.prepare(serverName);
    if (ready.isComplete()) {
      decide(context, serverName);
      return;
    }
    stage = Stage.WAITING;
    ready.onComplete(
        done ->
            context
                .executor()
                .execute(
                    () -> {
                      if (stage == Stage.WAITING && !context.isRemoved()) {
                        decide(context, serverName);
                        readOn(context);
                      }
                    }));
  }

  private void decide(ChannelHandlerContext context, String serverName) {
    int alert = door.refusal(serverName);
    if (alert == 0) {
      stage = Stage.OPEN;
    } else {
      // A fatal alert in a record of its own (RFC 8446, 5.1 and 6).
      shut(context, Unpooled.wrappedBuffer(new byte[] {21, 3, 3, 0, 2, 2, (byte) alert}));
    }
  }

  /** Takes up what came in while waiting. */
  private void readOn(ChannelHandlerContext context) {
    try {
      channelRead(context, Unpooled.EMPTY_BUFFER);
      channelReadComplete(context);
    } catch (Exception e) {
      context.fireExceptionCaught(e);
    }
  }

  /** Sends the last words past the engine and closes. */
  private void shut(ChannelHandlerContext context, ByteBuf words) {
    stage = Stage.SHUT;
    context
        .writeAndFlush(words)
        .addListener(
            sent -> {
              var unused = context.close();
            });
  }
}
