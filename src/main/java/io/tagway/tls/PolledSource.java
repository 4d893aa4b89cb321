package io.tagway.tls;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Reads a place again after each pause, whether the read before worked or not. */
final class PolledSource extends LoadedSource {
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final Context context;
  private final PemFiles files;
  private final String place;
  private final Duration pause;
  private volatile boolean closed;
  private volatile long timer = -1;

  /**
   * @param pause zero or less: read once; less than a second counts as one
   */
  PolledSource(
      Vertx vertx,
      Intake intake,
      Supplier<Future<List<X509Certificate>>> authorities,
      PemFiles files,
      String place,
      Duration pause) {
    super(intake, authorities);
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.files = files;
    this.place = place;
    this.pause = pause;
  }

  @Override
  Future<Void> begin() {
    return load().onComplete(done -> schedule());
  }

  private Future<Void> load() {
    return files
        .read(place)
        .compose(
            found ->
                context.<Void>executeBlocking(
                    () -> {
                      intake.loaded(PemPair.of(found));
                      return null;
                    }))
        .recover(
            cause -> {
              intake.failed(cause);
              return Future.succeededFuture();
            });
  }

  private void schedule() {
    if (closed || pause.isNegative() || pause.isZero()) {
      return;
    }
    long millis = Math.max(pause.toMillis(), SHORTEST_PAUSE.toMillis());
    timer = vertx.setTimer(millis, fired -> load().onComplete(done -> schedule()));
  }

  @Override
  public Future<Void> close() {
    closed = true;
    vertx.cancelTimer(timer);
    return files.close();
  }
}
