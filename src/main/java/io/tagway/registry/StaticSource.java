package io.tagway.registry;

import io.tagway.route.CommandText;
import io.tagway.route.Origin;
import io.vertx.core.Future;
import java.util.Map;

/** Commands that stand in the settings themselves. */
final class StaticSource implements Source {
  private final String routes;
  private final String noRouteHtml;

  StaticSource(String routes, String noRouteHtml) {
    this.routes = routes;
    this.noRouteHtml = noRouteHtml;
  }

  @Override
  public String backend() {
    return "static";
  }

  @Override
  public Future<Void> connect() {
    return Future.succeededFuture();
  }

  @Override
  public void run(Feed feed, StatusBoard board) {
    board.part("routes").good();
    feed.noRouteHtml(noRouteHtml);
    feed.services(Map.of());
    feed.manual(CommandText.parse(routes, new Origin(Origin.Kind.STATIC, "", "", 0)));
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
