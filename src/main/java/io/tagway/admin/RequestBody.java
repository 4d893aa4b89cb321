package io.tagway.admin;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;

/** Reads the body of a write. */
final class RequestBody {
  private RequestBody() {}

  /**
   * The whole body. Fails with a {@link Refusal} if it is too large; what remains is passed over.
   *
   * @param size how the limit is called in the answer, for example {@code 1 MiB}
   */
  static Future<Buffer> of(HttpServerRequest request, int mostBytes, String size) {
    Promise<Buffer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    request
        .handler(
            part -> {
              if (body.length() + part.length() <= mostBytes) {
                body.appendBuffer(part);
              } else {
                whole.tryFail(new Refusal(413, "the body is over " + size));
              }
            })
        .exceptionHandler(whole::tryFail)
        .endHandler(end -> whole.tryComplete(body));
    return whole.future();
  }

  /** The JSON object that the body is; an empty one if it is anything else. */
  static JsonObject object(Buffer body) {
    try {
      return Json.decodeValue(body) instanceof JsonObject object ? object : new JsonObject();
    } catch (DecodeException e) {
      return new JsonObject();
    }
  }
}
