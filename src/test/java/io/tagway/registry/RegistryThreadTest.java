package io.tagway.registry;

import static io.tagway.registry.RegistryUnderTest.done;

import io.tagway.outbound.Outbound;
import io.tagway.route.PathMatcher;
import io.tagway.route.Strategy;
import io.tagway.route.Table;
import io.tagway.route.Target;
import io.tagway.testkit.Eventually;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryThreadTest {
  private static final String LOST = "held-by-nobody";

  private final Vertx vertx = Vertx.vertx();
  private final Registry registry =
      Registries.of(
          vertx,
          RegistryUnderTest.settings("-registry.backend=static"),
          new Table.Options(
              PathMatcher.PREFIX, Strategy.RND, true, target -> new Target.Attachment() {}),
          new Outbound(Map.of()));

  @AfterEach
  void closeVertx() {
    done(vertx.close());
  }

  @Test
  void anAnswerAfterTheEndStillFindsTheThread() {
    Promise<Context> swapped = Promise.promise();
    registry.onSwap((before, after) -> swapped.tryComplete(vertx.getOrCreateContext()));
    done(registry.start());
    Context thread = done(swapped.future());
    // As Vert.x closes them in no order, those of the first collection are closed when one of the
    // second is.
    collectAnExecutorThatNobodyHolds();
    collectAnExecutorThatNobodyHolds();
    done(registry.close());
    Promise<Void> late = Promise.promise();
    thread.runOnContext(late::complete);
    done(late.future());
  }

  /** Vert.x closes it when it is collected. */
  private void collectAnExecutorThatNobodyHolds() {
    done(vertx.createSharedWorkerExecutor(LOST, 1).executeBlocking(() -> true));
    Eventually.within(Duration.ofSeconds(30))
        .await(
            "an executor that nobody holds to be closed",
            () -> {
              System.gc();
              return Thread.getAllStackTraces().keySet().stream()
                  .noneMatch(thread -> thread.getName().startsWith(LOST));
            });
  }
}
