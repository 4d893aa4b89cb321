package io.tagway;

import io.tagway.bgp.BgpSpeaker;
import io.tagway.bgp.BgpStatus;
import io.tagway.config.Settings.Bgp;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;

/** The anycast addresses, if {@code bgp.enabled} asks for any: told of while the router serves. */
final class Anycast {
  private final Optional<BgpSpeaker> speaker;

  /**
   * Checks everything and opens nothing.
   *
   * @throws io.tagway.bgp.BgpRefused when the settings cannot be honoured
   */
  Anycast(Vertx vertx, Bgp settings) {
    this.speaker =
        settings.enabled() ? Optional.of(new BgpSpeaker(vertx, settings)) : Optional.empty();
  }

  /** The router serves. Fails with a text fit for the log when an address cannot be bound. */
  Future<Void> announce() {
    return speaker
        .map(some -> some.start().compose(started -> some.announce()))
        .orElseGet(Future::succeededFuture);
  }

  /** The router is going to stop; the sessions stay, so that nothing else is told meanwhile. */
  Future<Void> withdraw() {
    return speaker.map(BgpSpeaker::withdraw).orElseGet(Future::succeededFuture);
  }

  /** Ends the sessions; never fails, and is complete at the limit at the latest. */
  Future<Void> stop(Duration limit) {
    return speaker.map(some -> some.stop(limit)).orElseGet(Future::succeededFuture);
  }

  /** Empty if nothing is to be announced. */
  Optional<BgpStatus> status() {
    return speaker.map(BgpSpeaker::status);
  }
}
