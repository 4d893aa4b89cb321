package io.tagway.proxy.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An HTTP/2 client that sends what it is told, frame by frame, and keeps what comes back. */
final class H2Peer implements AutoCloseable {
  private static final long LIMIT_SECONDS = 10;

  /** What came in. */
  sealed interface Frame {
    int stream();
  }

  record Head(int stream, Http2Headers headers, boolean end) implements Frame {}

  record Data(int stream, String text, boolean end) implements Frame {}

  record Reset(int stream, long code) implements Frame {}

  record GoAway(int stream, int last, long code) implements Frame {}

  record Settings(int stream, Http2Settings settings) implements Frame {}

  /**
   * What came on a stream.
   *
   * @param reset the code it was reset with; less than 0 if it was not
   */
  record Answer(
      Http2Headers head,
      List<Http2Headers> interim,
      String body,
      Map<String, String> trailers,
      long reset) {
    int status() {
      return Integer.parseInt(head.status().toString());
    }

    String first(String name) {
      CharSequence value = head.get(name);
      return value == null ? "" : value.toString();
    }

    boolean isWhole() {
      return reset < 0;
    }
  }

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
  private final List<Frame> others = new ArrayList<>();
  private final Http2ConnectionHandler http2;
  private final Channel channel;
  private int lastStream = -1;

  private H2Peer(int port) {
    // Headers are not validated here: what a hostile client sends has to arrive.
    this.http2 =
        new Http2ConnectionHandlerBuilder()
            .server(false)
            .validateHeaders(false)
            .encoderEnforceMaxRstFramesPerWindow(0, 0)
            .gracefulShutdownTimeoutMillis(0)
            .frameListener(new Keep())
            .build();
    this.channel =
        new Bootstrap()
            .group(group)
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel opened) {
                    opened.pipeline().addLast(http2);
                  }
                })
            .connect(InetAddress.getLoopbackAddress(), port)
            .syncUninterruptibly()
            .channel();
  }

  /** Prior knowledge, without TLS. */
  static H2Peer to(int port) {
    return new H2Peer(port);
  }

  private final class Keep extends Http2FrameAdapter {
    @Override
    public int onDataRead(
        ChannelHandlerContext context, int stream, ByteBuf data, int padding, boolean end) {
      frames.add(new Data(stream, data.toString(StandardCharsets.ISO_8859_1), end));
      return padding; // the rest when it is taken
    }

    @Override
    public void onHeadersRead(
        ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean end) {
      frames.add(new Head(stream, headers, end));
    }

    @Override
    public void onHeadersRead(
        ChannelHandlerContext context,
        int stream,
        Http2Headers headers,
        int dependency,
        short weight,
        boolean exclusive,
        int padding,
        boolean end) {
      frames.add(new Head(stream, headers, end));
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext context, int stream, long code) {
      frames.add(new Reset(stream, code));
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings) {
      frames.add(new Settings(0, settings));
    }

    @Override
    public void onGoAwayRead(
        ChannelHandlerContext context, int lastStreamId, long code, ByteBuf debugData) {
      frames.add(new GoAway(0, lastStreamId, code));
    }
  }

  static Http2Headers get(String path) {
    return headers("GET", path);
  }

  static Http2Headers headers(String method, String path) {
    return new DefaultHttp2Headers(false)
        .method(method)
        .scheme("http")
        .authority("a.test")
        .path(path);
  }

  private <T> T onLoop(Callable<T> work) {
    return channel.eventLoop().submit(work).syncUninterruptibly().getNow();
  }

  private ChannelHandlerContext context() {
    return channel.pipeline().context(http2);
  }

  /** Opens a stream with a head. */
  int open(Http2Headers headers, boolean end) {
    return onLoop(
        () -> {
          lastStream += 2;
          var unused =
              http2
                  .encoder()
                  .writeHeaders(context(), lastStream, headers, 0, end, context().newPromise());
          channel.flush();
          return lastStream;
        });
  }

  /** Returns when as much could be sent as the other side lets. */
  void data(int stream, String text, boolean end) {
    onLoop(
            () -> {
              ByteBuf data = Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
              var sent =
                  http2
                      .encoder()
                      .writeData(context(), stream, data, 0, end, context().newPromise());
              channel.flush();
              return sent;
            })
        .syncUninterruptibly();
  }

  void trailers(int stream, Http2Headers trailers) {
    onLoop(
        () -> {
          var sent =
              http2
                  .encoder()
                  .writeHeaders(context(), stream, trailers, 0, true, context().newPromise());
          channel.flush();
          return sent;
        });
  }

  void reset(int stream) {
    onLoop(
        () -> {
          var sent =
              http2
                  .encoder()
                  .writeRstStream(
                      context(), stream, Http2Error.CANCEL.code(), context().newPromise());
          channel.flush();
          return sent;
        });
  }

  /** Sends so many frames that ask for nothing. */
  void ping(int count) {
    onLoop(
        () -> {
          for (int i = 0; i < count; i++) {
            var unused = http2.encoder().writePing(context(), false, i, context().newPromise());
          }
          channel.flush();
          return count;
        });
  }

  /** Sends so many frames that change something of no use. */
  void settings(int count) {
    onLoop(
        () -> {
          for (int i = 0; i < count; i++) {
            Http2Settings settings = new Http2Settings().maxFrameSize(16384 + i);
            var unused = http2.encoder().writeSettings(context(), settings, context().newPromise());
          }
          channel.flush();
          return count;
        });
  }

  /** Lets the other side send so much on each stream, more or less than before. */
  void takeOfEach(int bytes) {
    onLoop(
        () -> {
          Http2Settings settings = new Http2Settings().initialWindowSize(bytes);
          var sent = http2.encoder().writeSettings(context(), settings, context().newPromise());
          channel.flush();
          return sent;
        });
  }

  /** Lets the other side send so much more on all streams together. */
  void widen(int bytes) {
    onLoop(
        () -> {
          http2
              .decoder()
              .flowController()
              .incrementWindowSize(http2.connection().connectionStream(), bytes);
          channel.flush();
          return bytes;
        });
  }

  boolean isOpen() {
    return channel.isActive();
  }

  /** The next frame of a stream; those of others are kept for those who ask. */
  Frame next(int stream) {
    for (Frame one : others) {
      if (one.stream() == stream) {
        others.remove(one);
        return taken(one);
      }
    }
    while (true) {
      Frame frame = take();
      if (frame.stream() == stream) {
        return taken(frame);
      }
      others.add(frame);
    }
  }

  private Frame taken(Frame frame) {
    if (frame instanceof Data data && !data.text().isEmpty()) {
      onLoop(
          () -> {
            Http2Stream stream = http2.connection().stream(data.stream());
            if (stream != null) {
              consume(stream, data.text().length());
            }
            return data;
          });
    }
    return frame;
  }

  private void consume(Http2Stream stream, int bytes) throws Http2Exception {
    http2.decoder().flowController().consumeBytes(stream, bytes);
    channel.flush();
  }

  private Frame take() {
    try {
      Frame frame = frames.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (frame == null) {
        throw new AssertionError("no frame; open: " + isOpen() + ", others: " + others);
      }
      return frame;
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }

  /** Sends heads of any size from now on, whatever the other side said. */
  void forgetHeadLimit() {
    onLoop(
        () -> {
          http2
              .encoder()
              .configuration()
              .headersConfiguration()
              .maxHeaderListSize(Http2CodecUtil.MAX_HEADER_LIST_SIZE);
          return 0;
        });
  }

  /** Streams the other side allows at a time. */
  long allowedStreams() {
    while (true) {
      if (next(0) instanceof Settings one && one.settings().maxConcurrentStreams() != null) {
        return one.settings().maxConcurrentStreams();
      }
    }
  }

  /** The code the connection is ended with. */
  long goAway() {
    return nextGoAway().code();
  }

  GoAway nextGoAway() {
    while (true) {
      if (next(0) instanceof GoAway one) {
        return one;
      }
    }
  }

  Answer answer(int stream) {
    @Nullable Http2Headers head = null;
    List<Http2Headers> interim = new ArrayList<>();
    StringBuilder body = new StringBuilder();
    Map<String, String> trailers = Map.of();
    while (true) {
      Frame frame = next(stream);
      boolean end = false;
      if (frame instanceof Reset reset) {
        Http2Headers none = new DefaultHttp2Headers().status("0");
        return new Answer(
            head == null ? none : head, interim, body.toString(), trailers, reset.code());
      } else if (frame instanceof Head headers) {
        end = headers.end();
        if (head != null) {
          trailers = lines(headers.headers());
        } else if (headers.headers().status().charAt(0) == '1') {
          interim.add(headers.headers());
        } else {
          head = headers.headers();
        }
      } else if (frame instanceof Data data) {
        body.append(data.text());
        end = data.end();
      }
      if (end && head != null) {
        return new Answer(head, interim, body.toString(), trailers, -1);
      }
    }
  }

  Answer ask(Http2Headers headers) {
    return answer(open(headers, true));
  }

  static Map<String, String> lines(Http2Headers headers) {
    Map<String, String> lines = new TreeMap<>();
    headers.forEach(
        line -> lines.merge(line.getKey().toString(), line.getValue().toString(), String::concat));
    return lines;
  }

  @Override
  public void close() {
    channel.close().syncUninterruptibly();
    var unused = group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
  }
}
