package io.tagway.registry;

import io.tagway.consul.Timers;
import io.tagway.route.CommandText;
import io.tagway.route.Origin;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Commands in a file, read again when it changes. A file that cannot be read keeps its routes in
 * use; lines that cannot be read are skipped.
 */
final class FileSource implements Source {
  private static final System.Logger LOG = System.getLogger(FileSource.class.getName());
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  private final WatchedFile routes;
  private final Optional<WatchedFile> noRouteHtml;
  private final Timers timers;
  private String firstRoutes = "";
  private Optional<String> firstHtml = Optional.empty();
  private boolean failing;
  private Timers.@Nullable Pending pending;

  /**
   * @param routes path of the commands
   * @param noRouteHtml path of the page for requests without a route; empty = none
   */
  FileSource(String routes, String noRouteHtml, Clock clock, Timers timers) {
    this.routes = new WatchedFile(Path.of(routes), clock);
    this.noRouteHtml =
        noRouteHtml.isEmpty()
            ? Optional.empty()
            : Optional.of(new WatchedFile(Path.of(noRouteHtml), clock));
    this.timers = timers;
  }

  @Override
  public String backend() {
    return "file";
  }

  @Override
  public Future<Void> connect() {
    if (routes.path().toString().isEmpty()) {
      return Future.failedFuture(
          new StartFailure("registry.file.path is empty; the path of a route file would fit"));
    }
    try {
      firstRoutes = routes.news().orElse(firstRoutes);
      firstHtml = htmlNews().or(() -> firstHtml);
      return Future.succeededFuture();
    } catch (IOException e) {
      return Future.failedFuture(e);
    }
  }

  private Optional<String> htmlNews() throws IOException {
    return noRouteHtml.isPresent() ? noRouteHtml.get().news() : Optional.empty();
  }

  @Override
  public void run(Feed feed, StatusBoard board) {
    StatusBoard.Part part = board.part("file");
    part.good();
    firstHtml.ifPresent(feed::noRouteHtml);
    feed.services(Map.of());
    commands(feed, firstRoutes);
    lookLater(feed, part);
  }

  private void commands(Feed feed, String text) {
    feed.manual(
        CommandText.parse(text, new Origin(Origin.Kind.FILE, routes.path().toString(), "", 0)));
  }

  private void lookLater(Feed feed, StatusBoard.Part part) {
    pending = timers.after(LOOK_EVERY, () -> look(feed, part));
  }

  private void look(Feed feed, StatusBoard.Part part) {
    try {
      Optional<String> text = routes.news();
      Optional<String> html = htmlNews();
      html.ifPresent(feed::noRouteHtml);
      text.ifPresent(changed -> commands(feed, changed));
      if (failing || text.isPresent() || html.isPresent()) {
        part.good();
        failing = false;
      }
    } catch (IOException e) {
      String error = "Cannot read the route file. " + FailureText.of(e);
      if (!failing) {
        LOG.log(System.Logger.Level.WARNING, error + ". Its last routes stay in use.");
      }
      failing = true;
      part.failed(error);
    }
    lookLater(feed, part);
  }

  @Override
  public Future<Void> close() {
    if (pending != null) {
      pending.cancel();
    }
    return Future.succeededFuture();
  }
}
