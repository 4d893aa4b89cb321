package io.tagway.consul;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.function.Supplier;

/**
 * Asks servers on an event loop, for callers on a thread of their own. Pieces of an answer that
 * wait for another thread are lost, and their buffers with them, when the connection or that thread
 * ends meanwhile; so only a whole answer changes the thread. For any thread.
 */
public final class LoopCalls {
  private final VertxInternal vertx;
  private final Context loop;

  public LoopCalls(Vertx vertx) {
    this.vertx = (VertxInternal) vertx;
    this.loop = this.vertx.createEventLoopContext();
  }

  /**
   * Calls on the event loop. What it gives, or throws, comes back to the caller's context.
   *
   * @param call must not block
   */
  public <T> Future<T> ask(Supplier<Future<T>> call) {
    ContextInternal caller = vertx.getOrCreateContext();
    Promise<T> answer = caller.promise();
    loop.runOnContext(
        on -> Future.<Void>succeededFuture().compose(go -> call.get()).onComplete(answer));
    return answer.future();
  }
}
