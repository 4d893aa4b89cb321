package io.tagway.tls;

import io.vertx.core.Future;
import java.util.List;

/** A place where PEM files can be listed and read: a directory, a server, a store. */
interface PemFiles {
  /**
   * Everything there is now. A file that cannot be read is among it, with its trouble.
   *
   * @param place as configured in {@code cert} or {@code clientca}
   * @return fails if not even a list is to be had
   */
  Future<List<PemFile>> read(String place);

  /** Gives up connections. */
  default Future<Void> close() {
    return Future.succeededFuture();
  }
}
