package io.tagway.tls;

import io.tagway.consul.Answer;
import io.tagway.consul.Backoff;
import io.tagway.consul.LongPoll;
import io.tagway.consul.Timers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** Certificates below a prefix of Consul's KV store; a change is seen at once. */
final class ConsulSource extends LoadedSource {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private final Context context;
  private final ConsulKv store;
  private final LongPoll poll;
  private final Promise<Void> first = Promise.promise();

  ConsulSource(
      Vertx vertx,
      Intake intake,
      Supplier<Future<List<X509Certificate>>> authorities,
      ConsulKv store) {
    super(intake, authorities);
    this.context = vertx.getOrCreateContext();
    this.store = store;
    DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();
    this.poll =
        new LongPoll(
            store.question(),
            new Reader(),
            new LongPoll.Pace(
                LONGEST_WAIT,
                Duration.ZERO,
                Duration.ZERO,
                new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), random),
                random),
            Timers.of(vertx));
  }

  private final class Reader implements LongPoll.Listener {
    @Override
    public void answered(Answer answer, LongPoll.News news) {
      if (news == LongPoll.News.NONE) {
        return;
      }
      context
          .<Void>executeBlocking(
              () -> {
                intake.loaded(PemPair.of(ConsulKv.files(answer)));
                return null;
              })
          .onFailure(intake::failed)
          .onComplete(done -> first.tryComplete());
    }

    @Override
    public void failed(Throwable cause, int failures) {
      intake.failed(cause);
      first.tryComplete();
    }
  }

  @Override
  Future<Void> begin() {
    context.runOnContext(on -> poll.start());
    return first.future();
  }

  @Override
  public Future<Void> close() {
    Promise<Void> promise = Promise.promise();
    context.runOnContext(
        on -> {
          poll.close();
          store.close();
          first.tryComplete();
          promise.complete();
        });
    return promise.future();
  }
}
