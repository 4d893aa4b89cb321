package io.tagway.proxy.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Answers as the {@code upstream} part of a case tells it. */
final class CaseTarget implements FakeTarget.Script {
  private final List<JsonObject> answers = new ArrayList<>();
  private final AtomicInteger served = new AtomicInteger();
  final List<RawMessage> seen = Collections.synchronizedList(new ArrayList<>());

  CaseTarget(Object spec) {
    if (spec instanceof JsonArray all) {
      all.forEach(one -> answers.add((JsonObject) one));
    } else {
      answers.add((JsonObject) spec);
    }
  }

  @Override
  public void serve(RawConnection connection, int number) throws IOException {
    RawMessage head;
    while ((head = connection.head()) != null) {
      int turn = served.getAndIncrement();
      JsonObject answer = answers.get(Math.min(turn, answers.size() - 1));
      int index = note(head, connection);
      if ("before-body".equals(answer.getString("close"))) {
        return;
      }
      RawMessage request = connection.requestBody(head);
      seen.set(index, request);
      if (!reply(connection, request, answer)) {
        return;
      }
    }
  }

  /** Whether the target speaks TLS. */
  boolean tls() {
    return answers.get(0).getBoolean("tls", false);
  }

  private int note(RawMessage head, RawConnection connection) {
    head.headers().addAll(TlsSockets.asked(connection.socket()));
    synchronized (seen) {
      seen.add(head);
      return seen.size() - 1;
    }
  }

  /** Answers; false if the connection is to be closed. */
  private boolean reply(RawConnection connection, RawMessage request, JsonObject spec)
      throws IOException {
    pause(spec.getLong("delay_ms", 0L));
    String close = spec.getString("close", "");
    if (close.equals("before-reply")) {
      return false;
    }
    if (close.equals("reset")) {
      connection.reset();
      return false;
    }
    if (close.equals("hang")) {
      var unused = connection.rest();
      return false;
    }
    for (Object one : spec.getJsonArray("interim", new JsonArray())) {
      JsonArray interim = (JsonArray) one;
      connection.send(
          "HTTP/1.1 "
              + interim.getInteger(0)
              + " Interim\r\n"
              + lines(interim.getJsonArray(1))
              + "\r\n");
    }
    if (spec.containsKey("raw")) {
      sendPieces(connection, pieces(spec.getValue("raw")), false);
      if ("linger".equals(spec.getString("then"))) {
        connection.rest();
      } else if ("echo".equals(spec.getString("then"))) {
        connection.echo();
      }
      return false;
    }
    return replyWhole(connection, request, spec, close);
  }

  private boolean replyWhole(
      RawConnection connection, RawMessage request, JsonObject spec, String close)
      throws IOException {
    int status = spec.getInteger("status", 200);
    boolean bodiless = status == 204 || status == 304;
    boolean chunked = spec.containsKey("chunks") || spec.containsKey("trailers");
    boolean closes = spec.getBoolean("no_length", false);
    String body =
        bodiless
            ? ""
            : CaseValue.wire(spec.getValue("body", spec.containsKey("chunks") ? "" : "ok"));
    JsonArray headers =
        spec.getJsonArray(
            "headers", new JsonArray().add(new JsonArray().add("Content-Type").add("text/plain")));
    StringBuilder head = new StringBuilder();
    head.append(spec.getString("proto", "HTTP/1.1")).append(' ').append(status).append(' ');
    head.append(spec.getString("reason", "Reason")).append("\r\n").append(lines(headers));
    JsonArray trailers = spec.getJsonArray("trailers", new JsonArray());
    if (chunked) {
      head.append("Transfer-Encoding: chunked\r\n");
      if (!trailers.isEmpty() && spec.getBoolean("announce", true)) {
        head.append("Trailer: ").append(names(trailers)).append("\r\n");
      }
    } else if (!closes
        && !bodiless
        && !head.toString().toLowerCase(Locale.ROOT).contains("content-length:")) {
      head.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    head.append(closes ? "Connection: close\r\n\r\n" : "\r\n");
    if (request.word(0).equals("HEAD")) {
      connection.send(head.toString());
      return !closes;
    }
    if (chunked) {
      connection.send(head.toString());
      sendPieces(connection, pieces(spec.getValue("chunks", body)), true);
      if (close.equals("mid-body")) {
        return false;
      }
      connection.send("0\r\n" + lines(trailers) + "\r\n");
    } else if (spec.containsKey("pieces")) {
      connection.send(head.toString());
      sendPieces(connection, pieces(spec.getValue("pieces")), false);
    } else {
      connection.send(head + body);
    }
    if (close.equals("mid-body")) {
      pause(50L);
    }
    return !closes && !close.equals("mid-body") && !close.equals("after-reply");
  }

  private record Piece(long delayMillis, String text) {}

  private static List<Piece> pieces(Object spec) {
    List<Piece> pieces = new ArrayList<>();
    if (spec instanceof JsonArray all) {
      for (Object one : all) {
        JsonArray piece = (JsonArray) one;
        pieces.add(new Piece(piece.getLong(0), CaseValue.wire(piece.getValue(1))));
      }
    } else if (!CaseValue.wire(spec).isEmpty()) {
      pieces.add(new Piece(0, CaseValue.wire(spec)));
    }
    return pieces;
  }

  private static void sendPieces(RawConnection connection, List<Piece> pieces, boolean chunked)
      throws IOException {
    for (Piece piece : pieces) {
      pause(piece.delayMillis());
      connection.send(
          chunked
              ? Integer.toHexString(piece.text().length()) + "\r\n" + piece.text() + "\r\n"
              : piece.text());
    }
  }

  private static String lines(JsonArray headers) {
    StringBuilder text = new StringBuilder();
    for (Object one : headers) {
      JsonArray header = (JsonArray) one;
      text.append(header.getString(0)).append(": ");
      text.append(CaseValue.wire(header.getValue(1))).append("\r\n");
    }
    return text.toString();
  }

  private static String names(JsonArray headers) {
    List<String> names = new ArrayList<>();
    headers.forEach(one -> names.add(((JsonArray) one).getString(0)));
    return String.join(", ", names);
  }

  /** The cases say when a target speaks; this is its own clock, not a wait for the router. */
  private static void pause(long millis) {
    if (millis > 0) {
      LockSupport.parkNanos(millis * 1_000_000L);
    }
  }
}
