package io.tagway.admin;

import io.netty.util.NetUtil;
import io.tagway.proxy.Rehearsal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;

/**
 * {@code /api/try?url=...}: what would become of a request, told without sending it. Reads only.
 */
final class TryApi {
  private final Vertx vertx;
  private final Rehearsal rehearsal;

  TryApi(Vertx vertx, Rehearsal rehearsal) {
    this.vertx = vertx;
    this.rehearsal = rehearsal;
  }

  Future<Reply> answer(HttpServerRequest request, boolean pretty) {
    if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
      return Future.succeededFuture(Reply.notAllowed("GET, HEAD"));
    }
    Rehearsal.Ask ask;
    try {
      ask = TryInput.read(request.params(true), caller(request));
    } catch (Refusal refusal) {
      return Future.succeededFuture(refusal.reply());
    } catch (IllegalArgumentException broken) {
      return Future.succeededFuture(
          Reply.error(400, "the query has a percent sign that starts no escape; it would be %25"));
    }
    // A table may have thousands of patterns and paths; they are walked off the event loops.
    return vertx.executeBlocking(
        () -> Reply.json(TryJson.of(ask, rehearsal.of(ask)), pretty), false);
  }

  private static InetAddress caller(HttpServerRequest request) {
    InetAddress address =
        NetUtil.createInetAddressFromIpAddressString(
            String.valueOf(request.remoteAddress().hostAddress()));
    return address == null ? InetAddress.getLoopbackAddress() : address;
  }
}
