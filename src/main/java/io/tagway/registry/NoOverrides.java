package io.tagway.registry;

import io.vertx.core.Future;
import java.util.List;

/** For registries without a place for manual commands: nothing to read, every write refused. */
final class NoOverrides implements Overrides {
  @Override
  public Future<List<String>> paths() {
    return Future.succeededFuture(List.of());
  }

  @Override
  public Future<Text> read(String path) {
    return Future.succeededFuture(new Text("", 0));
  }

  @Override
  public Future<Boolean> write(String path, String value, long version) {
    return Future.succeededFuture(false);
  }
}
