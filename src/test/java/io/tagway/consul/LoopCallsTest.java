package io.tagway.consul;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopCallsTest {
  private final Vertx vertx = Vertx.vertx();
  private final LoopCalls calls = new LoopCalls(vertx);
  private final Context caller = ((VertxInternal) vertx).createWorkerContext();

  @AfterEach
  void close() throws Exception {
    done(vertx.close());
  }

  private record Seen(Context asking, Context answered) {}

  /** Asks on the caller's thread. */
  private Future<Seen> ask(Supplier<Future<Context>> call) {
    Promise<Seen> seen = Promise.promise();
    caller.runOnContext(
        on ->
            calls
                .ask(call)
                .map(asking -> new Seen(asking, vertx.getOrCreateContext()))
                .onComplete(seen));
    return seen.future();
  }

  @Test
  void itAsksOnALoopAndAnswersWhereItWasAsked() throws Exception {
    Seen seen = done(ask(() -> Future.succeededFuture(vertx.getOrCreateContext())));
    assertEquals(caller, seen.answered());
    assertNotEquals(caller, seen.asking());
    assertTrue(seen.asking().isEventLoopContext());
  }

  @Test
  void whatIsThrownIsAFailure() {
    ExecutionException failure =
        assertThrows(
            ExecutionException.class,
            () ->
                done(
                    ask(
                        () -> {
                          throw new IllegalStateException("no");
                        })));
    assertEquals("java.lang.IllegalStateException: no", failure.getMessage());
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
