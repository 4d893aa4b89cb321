package io.tagway.proxy.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.tagway.proxy.ContentCoding;
import io.tagway.proxy.Encoders;
import io.vertx.core.MultiMap;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compresses the answers of one event loop. Without an expression for content types it is off, and
 * costs one comparison for each answer.
 */
final class Compression {
  /** Encoders at work at a time, up to 1.5 MiB each; answers beyond that go out as they are. */
  static final int MOST_OPEN = 256;

  static final Compression OFF = new Compression(null);

  private final @Nullable Work work;
  private int open;

  /** What it takes when it is on. */
  private record Work(CodingRule rule, Encoders encoders, ByteBuffer piece) {}

  private Compression(@Nullable Work work) {
    this.work = work;
  }

  /**
   * @param types searched in the Content-Type of answers; empty = off
   * @param available in the order of our preference
   */
  static Compression of(Optional<Pattern> types, List<ContentCoding> available) {
    return types.isEmpty()
        ? OFF
        : new Compression(
            new Work(
                new CodingRule(types.get(), available),
                new Encoders(),
                ByteBuffer.allocateDirect(Encoders.PIECE_BYTES)));
  }

  /** The coding for an answer; null to pass it on as it is. */
  @Nullable ContentCoding choose(RequestHead asked, HttpResponse answer) {
    return work == null || open >= MOST_OPEN ? null : work.rule().choose(asked, answer);
  }

  /** Marks the headers of an answer from a target, which are all there. */
  void mark(MultiMap answer, int status, RequestHead asked, @Nullable ContentCoding coding) {
    if (work == null) {
      return;
    }
    if (coding != null) {
      CodedHeaders.mark(answer, coding);
    } else if (status == 304) {
      CodedHeaders.revalidate(answer, asked.headers());
    }
    CodedHeaders.vary(answer);
  }

  /** Marks an answer of our own in the place of a target's. */
  void markOwn(MultiMap answer) {
    if (work != null) {
      CodedHeaders.vary(answer);
    }
  }

  /**
   * The way of a body for which a coding was chosen.
   *
   * @param from its head; a body without a length comes bit by bit, and goes so
   */
  BodyCoding open(ContentCoding coding, HttpHeaders from) {
    Work on = Objects.requireNonNull(work);
    String type = from.get(HttpHeaderNames.CONTENT_TYPE);
    boolean events = type != null && type.startsWith("text/event-stream");
    boolean streamed = events || !from.contains(HttpHeaderNames.CONTENT_LENGTH);
    BodyCoding way = new BodyCoding(on.encoders().open(coding), on.piece(), streamed, () -> open--);
    open++;
    return way;
  }

  /** Bodies on their way. */
  int open() {
    return open;
  }
}
