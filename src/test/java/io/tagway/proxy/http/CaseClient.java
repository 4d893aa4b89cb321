package io.tagway.proxy.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Sends the {@code request} part of a case and reads the answer. */
final class CaseClient implements AutoCloseable {
  /** What came back; no answer if the connection was closed before a status line. */
  record Result(
      @Nullable RawMessage answer,
      List<RawMessage> interim,
      List<Arrival> arrivals,
      boolean eof,
      boolean aborted,
      long millis,
      String alpn,
      String error,
      String after) {
    /** The connection could not be used: a TLS alert. */
    static Result failed(SSLException cause, long millis) {
      return new Result(
          null, List.of(), List.of(), true, false, millis, "", "tls: " + cause.getMessage(), "");
    }
  }

  /** A piece of the body and when it came, counted from the sent request. */
  record Arrival(long millis, String text) {}

  private final int port;
  private final Map<String, String> names;
  private @Nullable RawConnection connection;

  CaseClient(int port, Map<String, String> names) {
    this.port = port;
    this.names = names;
  }

  Result exchange(JsonObject spec) throws IOException {
    if (spec.getBoolean("http2", false)) {
      return CaseHttp2.exchange(port, spec, names);
    }
    long start = System.nanoTime();
    RawConnection open = connection;
    if (open == null || spec.getBoolean("new_connection", false)) {
      try {
        open = connect(spec.getValue("tls", false));
      } catch (SSLException alert) {
        return Result.failed(alert, since(start));
      }
      connection = open;
      names.put("cport", Integer.toString(open.socket().getLocalPort()));
    }
    pause(spec.getLong("pause_ms", 0L));
    open.send(CaseValue.fill(spec.getString("prefix", ""), names));
    String method = spec.getString("method", "GET");
    List<RawMessage> interim = new ArrayList<>();
    List<Arrival> arrivals = new ArrayList<>();
    if (spec.containsKey("raw")) {
      String raw = CaseValue.fill(spec.getString("raw"), names);
      open.send(raw);
      method = raw.isEmpty() ? "GET" : raw.split(" ", 2)[0];
    } else {
      send(open, method, spec, interim);
    }
    if (spec.containsKey("abort_after_ms")) {
      pause(spec.getLong("abort_after_ms"));
      close();
      return new Result(null, interim, arrivals, false, true, since(start), "", "", "");
    }
    if (spec.getBoolean("half_close", false)) {
      open.socket().shutdownOutput();
    }
    long sent = System.nanoTime();
    RawMessage answer =
        open.answer(
            method,
            interim,
            piece -> arrivals.add(new Arrival(since(sent), RawConnection.latin1(piece))));
    String after =
        answer != null && answer.status() == 101
            ? through(open, CaseValue.wire(spec.getValue("after")))
            : "";
    boolean eof = spec.getBoolean("expect_eof", false) && open.closesWithin(2000);
    long took = since(start);
    if (answer == null
        || !answer.complete()
        || spec.getBoolean("expect_eof", false)
        || answer.status() == 101
        || answer.first("Connection").equalsIgnoreCase("close")) {
      close();
    }
    pause(spec.getLong("settle_ms", 0L));
    return new Result(
        answer, interim, arrivals, eof, false, took, CaseTls.alpn(open.socket()), "", after);
  }

  /** Sends something through a tunnel and gives as many bytes as come back. */
  private static String through(RawConnection open, String text) throws IOException {
    Thread sender =
        new Thread(
            () -> {
              try {
                open.send(text);
              } catch (IOException broken) {
                // then less comes back
              }
            });
    sender.start();
    return RawConnection.latin1(open.take(text.length(), piece -> {}));
  }

  /** Fails if TLS is asked for and does not come about. */
  private RawConnection connect(Object tls) throws IOException {
    if (tls.equals(false)) {
      return RawConnection.to(port);
    }
    JsonObject asked = tls instanceof JsonObject parts ? parts : new JsonObject();
    return new RawConnection(CaseTls.connect(port, asked));
  }

  private void send(RawConnection open, String method, JsonObject spec, List<RawMessage> interim)
      throws IOException {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ');
    head.append(CaseValue.wire(CaseValue.fill(spec.getString("path", "/"), names))).append(' ');
    head.append(spec.getString("version", "HTTP/1.1")).append("\r\n");
    boolean hasLength = false;
    for (Object one : spec.getJsonArray("headers", new JsonArray())) {
      JsonArray header = (JsonArray) one;
      hasLength |= header.getString(0).equalsIgnoreCase("content-length");
      head.append(header.getString(0)).append(": ");
      head.append(CaseValue.fill(CaseValue.wire(header.getValue(1)), names)).append("\r\n");
    }
    String body = CaseValue.wire(spec.getValue("body"));
    if (spec.getBoolean("chunked", false)) {
      JsonArray trailers = spec.getJsonArray("trailers", new JsonArray());
      head.append("Transfer-Encoding: chunked\r\n");
      StringBuilder chunks = new StringBuilder();
      if (!body.isEmpty()) {
        chunks
            .append(Integer.toHexString(body.length()))
            .append("\r\n")
            .append(body)
            .append("\r\n");
      }
      chunks.append("0\r\n");
      List<String> announced = new ArrayList<>();
      for (Object one : trailers) {
        JsonArray trailer = (JsonArray) one;
        announced.add(trailer.getString(0));
        chunks
            .append(trailer.getString(0))
            .append(": ")
            .append(trailer.getString(1))
            .append("\r\n");
      }
      if (!announced.isEmpty()) {
        head.append("Trailer: ").append(String.join(", ", announced)).append("\r\n");
      }
      body = chunks.append("\r\n").toString();
    } else if (spec.containsKey("body") && !hasLength) {
      head.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    head.append("\r\n");
    if (spec.getBoolean("wait_continue", false)) {
      open.send(head.toString());
      RawMessage go = open.head();
      if (go != null) {
        interim.add(go);
      }
      open.send(body);
    } else if (spec.containsKey("body_after_ms")) {
      open.send(head.toString());
      pause(spec.getLong("body_after_ms"));
      open.send(body);
    } else {
      open.send(head + body);
    }
    open.send(spec.getString("early", ""));
  }

  private static long since(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000L;
  }

  /** The cases say when a client speaks; this is its own clock, not a wait for the router. */
  private static void pause(long millis) {
    if (millis > 0) {
      LockSupport.parkNanos(millis * 1_000_000L);
    }
  }

  @Override
  public void close() throws IOException {
    RawConnection open = connection;
    connection = null;
    if (open != null) {
      open.close();
    }
  }
}
