package io.tagway.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponse;
import io.tagway.proxy.Failure;
import io.tagway.route.Target;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for beyond HTTP, and how it is told of a failure: nothing and by a status for
 * all but gRPC. Used by one event loop.
 */
interface Call {
  /** A message was too long; the text is fit for the caller. */
  final class TooLong extends Exception {
    private static final long serialVersionUID = 1L;

    TooLong(String text) {
      super(text, null, false, false);
    }
  }

  /** What the target answered is nothing that the caller can read; the text is fit for it. */
  final class Foreign extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * @param status of HTTP
     */
    Foreign(int status, String text) {
      super(text, null, false, false);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  /** An ordinary request. */
  Call NONE =
      new Call() {
        @Override
        public void begin() {}

        @Override
        public void end() {}

        @Override
        public void ask(ByteBuf piece) {}

        @Override
        public void answer(HttpResponse head) {}

        @Override
        public void answer(ByteBuf piece) {}

        @Override
        public boolean canBeTold(ClientAnswer answer) {
          return !answer.isSent();
        }

        @Override
        public void tell(
            ClientAnswer answer, BodyPass body, Failure failure, @Nullable Throwable cause) {
          answer.fail(failure);
          body.discardRest();
        }

        @Override
        public void answered(Target target) {}

        @Override
        public void failed(Target target, Failure failure, @Nullable Throwable cause) {}
      };

  /** The exchange begins. */
  void begin();

  /** The exchange is over. */
  void end();

  /**
   * Looks at a piece from the client.
   *
   * @throws TooLong if a message begins in it that must not pass
   */
  void ask(ByteBuf piece) throws TooLong;

  /**
   * Looks at the head from the target.
   *
   * @throws Foreign if it must not pass
   */
  void answer(HttpResponse head) throws Foreign;

  /**
   * Looks at a piece from the target.
   *
   * @throws TooLong if a message begins in it that must not pass
   */
  void answer(ByteBuf piece) throws TooLong;

  /** Whether what was answered so far leaves room for a failure. */
  boolean canBeTold(ClientAnswer answer);

  /** Tells the client of a failure; what is left of its request has nowhere to go. */
  void tell(ClientAnswer answer, BodyPass body, Failure failure, @Nullable Throwable cause);

  /** The answer was passed on to its end: an observer may want to know. */
  void answered(Target target);

  /** It failed: an observer may want to know. */
  void failed(Target target, Failure failure, @Nullable Throwable cause);
}
