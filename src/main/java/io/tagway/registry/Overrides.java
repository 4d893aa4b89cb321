package io.tagway.registry;

import io.vertx.core.Future;
import java.util.List;

/** The manual route commands that the admin API reads and writes. Called on an event loop. */
public interface Overrides {
  /** One stored text; an absent key has an empty value and the store's current version. */
  record Text(String value, long version) {}

  /** Names of the keys under the root, the root cut off; empty list if there are none. */
  Future<List<String>> paths();

  /** How the origins of commands call the text of root + path. */
  default String originName(String path) {
    return path;
  }

  /** The text of root + path. */
  Future<Text> read(String path);

  /** Stores a text if the key is absent or has that version; false = it was changed meanwhile. */
  Future<Boolean> write(String path, String value, long version);
}
