package io.tagway.proxy.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A target that speaks HTTP/2 without TLS, frame by frame, as a test tells it. */
final class StreamTarget implements AutoCloseable {
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel server;
  final List<Channel> connections = new CopyOnWriteArrayList<>();
  final List<Request> requests = new CopyOnWriteArrayList<>();
  final List<Long> resets = new CopyOnWriteArrayList<>();

  /** A request that has come in whole. */
  static final class Request {
    final Http2Headers head;
    final StringBuilder body = new StringBuilder();
    final List<String> trailers = new ArrayList<>();
    private final ChannelHandlerContext context;
    private final Http2FrameStream stream;

    private Request(Http2Headers head, ChannelHandlerContext context, Http2FrameStream stream) {
      this.head = head;
      this.context = context;
      this.stream = stream;
    }

    int id() {
      return stream.id();
    }

    void headers(boolean end, String... lines) {
      Http2Headers headers = new DefaultHttp2Headers();
      for (int i = 0; i < lines.length; i += 2) {
        headers.add(lines[i], lines[i + 1]);
      }
      write(new DefaultHttp2HeadersFrame(headers, end).stream(stream));
    }

    void data(boolean end, byte[] bytes) {
      write(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(bytes), end).stream(stream));
    }

    void ok(String text) {
      headers(false, ":status", "200");
      data(true, text.getBytes(StandardCharsets.US_ASCII));
    }

    void reset(Http2Error error) {
      write(new DefaultHttp2ResetFrame(error).stream(stream));
    }

    /** Says that streams above this one were not looked at, whatever was. */
    void goAway(int last) {
      ChannelHandlerContext codec = context.pipeline().context(Http2FrameCodec.class);
      Http2FrameCodec handler = (Http2FrameCodec) codec.handler();
      context
          .channel()
          .eventLoop()
          .execute(
              () -> {
                var unused =
                    handler
                        .encoder()
                        .frameWriter()
                        .writeGoAway(codec, last, 0, Unpooled.EMPTY_BUFFER, codec.newPromise());
                codec.flush();
              });
    }

    void close() {
      var unused = context.channel().close();
    }

    private void write(Object frame) {
      context.channel().eventLoop().execute(() -> send(frame));
    }

    private void send(Object frame) {
      var unused = context.writeAndFlush(frame);
    }
  }

  StreamTarget(Consumer<Request> script) {
    this(Http2Settings.defaultSettings(), script);
  }

  StreamTarget(Http2Settings settings, Consumer<Request> script) {
    this.server =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    connections.add(channel);
                    channel
                        .pipeline()
                        .addLast(
                            Http2FrameCodecBuilder.forServer()
                                .initialSettings(settings)
                                .gracefulShutdownTimeoutMillis(0)
                                .build(),
                            new Streams(script));
                  }
                })
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
  }

  String address() {
    return "127.0.0.1:" + ((InetSocketAddress) server.localAddress()).getPort();
  }

  private final class Streams extends ChannelInboundHandlerAdapter {
    private final Consumer<Request> script;
    private final Map<Http2FrameStream, Request> open = new HashMap<>();

    Streams(Consumer<Request> script) {
      this.script = script;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof Http2HeadersFrame frame) {
        Request known = open.get(frame.stream());
        if (known == null) {
          known = new Request(frame.headers(), context, frame.stream());
          open.put(frame.stream(), known);
        } else {
          for (Map.Entry<CharSequence, CharSequence> line : frame.headers()) {
            known.trailers.add(line.getKey() + ": " + line.getValue());
          }
        }
        complete(known, frame.isEndStream());
      } else if (message instanceof Http2DataFrame frame) {
        Request known = Objects.requireNonNull(open.get(frame.stream()));
        known.body.append(
            new String(ByteBufUtil.getBytes(frame.content()), StandardCharsets.ISO_8859_1));
        int bytes = frame.initialFlowControlledBytes();
        var unused = context.write(new DefaultHttp2WindowUpdateFrame(bytes).stream(frame.stream()));
        complete(known, frame.isEndStream());
      } else if (message instanceof Http2ResetFrame frame) {
        resets.add(frame.errorCode());
      }
      ReferenceCountUtil.release(message);
    }

    private void complete(Request request, boolean ended) {
      if (ended) {
        requests.add(request);
        script.accept(request);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      var unused = context.close();
    }
  }

  @Override
  public void close() {
    server.close().syncUninterruptibly();
    group.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
