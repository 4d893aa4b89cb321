package io.tagway.proxy.http;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * What was sent of a body, as long as it is short and no answer has begun: a target may say that it
 * did not look at a request, and then another one must get all of it. Used by one event loop.
 */
final class SentBody {
  private static final int MOST_BYTES = 64 << 10;

  /** Made with the first piece: most requests have no body. */
  private List<ByteBuf> pieces = List.of();

  private int bytes;
  private boolean whole = true;

  /** Takes a reference of its own to a piece that is about to be sent. */
  void keep(ByteBuf piece) {
    bytes += piece.readableBytes();
    if (bytes > MOST_BYTES) {
      drop();
    } else if (whole) {
      pieces = pieces.isEmpty() ? new ArrayList<>(2) : pieces;
      pieces.add(piece.retainedDuplicate());
    }
  }

  /** Whether nothing is missing. */
  boolean isWhole() {
    return whole;
  }

  void sendTo(UpstreamConnection connection) {
    pieces.forEach(piece -> connection.write(piece.retainedDuplicate()));
  }

  /** It will not be needed any more, or would be too long to keep. */
  void drop() {
    whole = false;
    pieces.forEach(ByteBuf::release);
    pieces = List.of();
  }
}
