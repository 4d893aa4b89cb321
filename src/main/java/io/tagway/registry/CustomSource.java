package io.tagway.registry;

import io.tagway.config.Settings;
import io.tagway.consul.Timers;
import io.tagway.route.CommandRow;
import io.tagway.route.Origin;
import io.tagway.route.Parsed;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks an HTTP service for all commands, again and again. Without a whole and readable answer the
 * last good ones stay in use; a row that cannot be used is skipped.
 *
 * <p>The first answer is waited for as long as contact with any registry is; after that the router
 * starts with an empty table, as Fabio does at the first failure.
 */
final class CustomSource implements Source {
  private static final System.Logger LOG = System.getLogger(CustomSource.class.getName());

  private final RouteService service;
  private final String noRouteHtml;
  private final Duration pause;
  private final Duration patience;
  private final Duration retry;
  private final Timers timers;
  private String lastFailure = "";
  private boolean delivered;
  private boolean closed;
  private Timers.@Nullable Pending pending;

  CustomSource(RouteService service, Settings.Registry settings, Timers timers) {
    this.service = service;
    this.noRouteHtml = settings.custom().noRouteHtml();
    this.pause = settings.custom().pollInterval();
    this.patience = settings.timeout();
    this.retry = settings.retry();
    this.timers = timers;
  }

  @Override
  public String backend() {
    return "custom";
  }

  /** A service that cannot be reached yet is no reason to give up, unlike with other backends. */
  @Override
  public Future<Void> connect() {
    return Future.succeededFuture();
  }

  @Override
  public void run(Feed feed, StatusBoard board) {
    feed.noRouteHtml(noRouteHtml);
    feed.services(Map.of());
    poll(feed, board.part("custom"), timers.nanos());
  }

  private void poll(Feed feed, StatusBoard.Part part, long since) {
    if (closed) {
      return;
    }
    service
        .ask()
        .map(this::commands)
        .onComplete(
            commands -> {
              part.good();
              lastFailure = "";
              deliver(feed, commands);
            },
            cause -> failed(feed, part, cause, since))
        .onComplete(
            done ->
                pending = timers.after(delivered ? pause : retry, () -> poll(feed, part, since)));
  }

  private Parsed commands(Buffer body) {
    try {
      return CommandRow.parse(
          RouteRows.parse(body), new Origin(Origin.Kind.CUSTOM, service.shown(), "", 0));
    } catch (IOException e) {
      throw new UnreadableAnswer(service.shown() + ": " + firstLine(e));
    }
  }

  /** The parser adds where it stopped on lines of their own. */
  private static String firstLine(IOException e) {
    return FailureText.of(e).lines().findFirst().orElse("");
  }

  private void deliver(Feed feed, Parsed commands) {
    delivered = true;
    feed.manual(commands);
  }

  private void failed(Feed feed, StatusBoard.Part part, Throwable cause, long since) {
    if (closed) {
      return;
    }
    String error = "error during update from custom back end - " + FailureText.of(cause);
    if (!error.equals(lastFailure)) {
      LOG.log(System.Logger.Level.ERROR, error);
    }
    lastFailure = error;
    part.failed(error);
    if (!delivered && timers.nanos() - since >= patience.toNanos()) {
      LOG.log(System.Logger.Level.WARNING, "No routes within registry.timeout. Starting without");
      deliver(feed, new Parsed(List.of(), List.of()));
    }
  }

  @Override
  public Future<Void> close() {
    closed = true;
    if (pending != null) {
      pending.cancel();
    }
    return service.close();
  }

  /** The answer is no list of commands; the message is fit for the log. */
  private static final class UnreadableAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableAnswer(String message) {
      super(message, null, false, false);
    }
  }
}
