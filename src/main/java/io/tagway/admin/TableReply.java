package io.tagway.admin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/table}: the whole table for the page. It is rendered off the event loops, once for
 * each version however many pages ask, because ten thousand routes are megabytes.
 */
final class TableReply {
  private record Rendered(String version, Buffer plain, Buffer gzipped) {}

  private final Vertx vertx;
  private final LiveTable live;
  private volatile @Nullable Rendered last;

  TableReply(Vertx vertx, LiveTable live) {
    this.vertx = vertx;
    this.live = live;
  }

  Future<Reply> answer(HttpServerRequest request) {
    String etag = '"' + live.snapshot().version() + '"';
    if (etag.equals(request.getHeader("If-None-Match"))) {
      return Future.succeededFuture(reply(Reply.empty(304), etag));
    }
    String accepted = request.getHeader("Accept-Encoding");
    boolean gzip = accepted != null && accepted.contains("gzip");
    return rendered().map(table -> reply(table, gzip));
  }

  private Future<Rendered> rendered() {
    Rendered known = last;
    if (known != null && known.version.equals(live.snapshot().version())) {
      return Future.succeededFuture(known);
    }
    // Ordered: of many pages that ask at once the first one renders and the others find it done.
    return vertx.executeBlocking(
        () -> {
          LiveTable.Snapshot now = live.snapshot();
          Rendered done = last;
          if (done == null || !done.version.equals(now.version())) {
            done = render(now);
            last = done;
          }
          return done;
        });
  }

  private static Rendered render(LiveTable.Snapshot snapshot) throws IOException {
    Buffer plain = Buffer.buffer(TableJson.whole(snapshot.version(), snapshot.table()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length() / 8 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain.getBytes());
    }
    return new Rendered(snapshot.version(), plain, Buffer.buffer(bytes.toByteArray()));
  }

  private static Reply reply(Rendered table, boolean gzip) {
    Reply plain = Reply.json("", false);
    Reply whole = new Reply(200, plain.headers(), gzip ? table.gzipped : table.plain);
    return reply(gzip ? whole.with("Content-Encoding", "gzip") : whole, '"' + table.version + '"');
  }

  private static Reply reply(Reply reply, String etag) {
    return reply
        .with("ETag", etag)
        .with("Vary", "Accept-Encoding")
        .with("Cache-Control", "no-cache");
  }
}
