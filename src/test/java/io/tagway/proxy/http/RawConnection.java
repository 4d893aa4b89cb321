package io.tagway.proxy.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A socket whose bytes are written by hand and read as HTTP/1. */
final class RawConnection implements AutoCloseable {
  private static final int LIMIT_MILLIS = 10_000;

  private final Socket socket;
  private byte[] buffer = new byte[0];
  private boolean ended;
  private boolean reset;

  RawConnection(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(LIMIT_MILLIS);
  }

  static RawConnection to(int port) throws IOException {
    return new RawConnection(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  Socket socket() {
    return socket;
  }

  void send(String latin1) throws IOException {
    send(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** Whether anything more could be read; waits for it. */
  private boolean more() throws IOException {
    if (ended) {
      return false;
    }
    byte[] piece = new byte[65536];
    int n;
    try {
      n = socket.getInputStream().read(piece);
    } catch (SocketException broken) {
      reset = true;
      n = -1;
    }
    if (n < 0) {
      ended = true;
      return false;
    }
    byte[] joined = new byte[buffer.length + n];
    System.arraycopy(buffer, 0, joined, 0, buffer.length);
    System.arraycopy(piece, 0, joined, buffer.length, n);
    buffer = joined;
    return true;
  }

  static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private int find(String mark) {
    return new String(buffer, StandardCharsets.ISO_8859_1).indexOf(mark);
  }

  private String cut(int length, int skip) {
    String text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
    buffer = Arrays.copyOfRange(buffer, length + skip, buffer.length);
    return text;
  }

  /** The next head without its blank line; null at the end of the stream. */
  @Nullable RawMessage head() throws IOException {
    int at;
    while ((at = find("\r\n\r\n")) < 0) {
      if (!more()) {
        return null;
      }
    }
    return RawMessage.head(cut(at, 4));
  }

  private @Nullable String line() throws IOException {
    int at;
    while ((at = find("\r\n")) < 0) {
      if (!more()) {
        return null;
      }
    }
    return cut(at, 2);
  }

  /** So many bytes, or fewer at the end of the stream. */
  byte[] take(long length, Consumer<byte[]> each) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long left = length;
    while (left > 0 && (buffer.length > 0 || more())) {
      int n = (int) Math.min(left, buffer.length);
      byte[] piece = Arrays.copyOf(buffer, n);
      buffer = Arrays.copyOfRange(buffer, n, buffer.length);
      out.writeBytes(piece);
      each.accept(piece);
      left -= n;
    }
    return out.toByteArray();
  }

  /** The body of a message in chunks, with what ends it. */
  RawMessage chunked(RawMessage head, Consumer<byte[]> each) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    List<RawMessage.Line> trailers = new ArrayList<>();
    while (true) {
      String size = line();
      if (size == null || size.isEmpty()) {
        return head.with(latin1(body.toByteArray()), trailers, false);
      }
      int n = Integer.parseInt(size.split(";", 2)[0].trim(), 16);
      if (n == 0) {
        break;
      }
      byte[] piece = take(n, each);
      body.writeBytes(piece);
      if (piece.length < n || line() == null) {
        return head.with(latin1(body.toByteArray()), trailers, false);
      }
    }
    String line;
    while ((line = line()) != null && !line.isEmpty()) {
      trailers.add(RawMessage.line(line));
    }
    return head.with(latin1(body.toByteArray()), trailers, line != null);
  }

  /** A whole request; null at the end of the stream. */
  @Nullable RawMessage request() throws IOException {
    RawMessage head = head();
    return head == null ? null : requestBody(head);
  }

  RawMessage requestBody(RawMessage head) throws IOException {
    if (head.first("Transfer-Encoding").contains("chunked")) {
      return chunked(head, piece -> {});
    }
    String length = head.first("Content-Length");
    long n = length.isEmpty() ? 0 : Long.parseLong(length);
    byte[] body = take(n, piece -> {});
    return head.with(latin1(body), List.of(), body.length == n);
  }

  /** The next answer that is not informational; null if the stream ends before. */
  @Nullable RawMessage answer(String method) throws IOException {
    return answer(method, new ArrayList<>(), piece -> {});
  }

  @Nullable RawMessage answer(String method, List<RawMessage> interim, Consumer<byte[]> each)
      throws IOException {
    RawMessage head;
    while ((head = head()) != null && head.status() < 200 && head.status() != 101) {
      interim.add(head);
    }
    if (head == null) {
      return null;
    }
    int status = head.status();
    if (method.equals("HEAD") || status == 204 || status == 304 || status == 101) {
      return head;
    }
    if (head.first("Transfer-Encoding").equalsIgnoreCase("chunked")) {
      return chunked(head, each);
    }
    if (!head.all("Content-Length").isEmpty()) {
      long n = Long.parseLong(head.first("Content-Length"));
      byte[] body = take(n, each);
      return head.with(latin1(body), List.of(), body.length == n);
    }
    byte[] body = take(Long.MAX_VALUE, each);
    return head.with(latin1(body), List.of(), !reset || status >= 400);
  }

  /** A request that has to come. */
  RawMessage theRequest() throws IOException {
    return there(request());
  }

  /** A head that has to come. */
  RawMessage theHead() throws IOException {
    return there(head());
  }

  /** An answer that has to come. */
  RawMessage theAnswer(String method) throws IOException {
    return there(answer(method));
  }

  private static RawMessage there(@Nullable RawMessage message) throws IOException {
    if (message == null) {
      throw new EOFException("the connection ended");
    }
    return message;
  }

  /** Sends back whatever comes, to the end of the stream. */
  void echo() throws IOException {
    while (buffer.length > 0 || more()) {
      send(take(buffer.length, piece -> {}));
    }
  }

  /** Bytes read but not taken. */
  int buffered() {
    return buffer.length;
  }

  /** Everything up to the end of the stream. */
  byte[] rest() throws IOException {
    return take(Long.MAX_VALUE, piece -> {});
  }

  /** Whether the other side closes within the time. */
  boolean closesWithin(int millis) throws IOException {
    socket.setSoTimeout(millis);
    try {
      while (more()) {
        buffer = new byte[0];
      }
      return true;
    } catch (SocketTimeoutException open) {
      return false;
    } finally {
      socket.setSoTimeout(LIMIT_MILLIS);
    }
  }

  /** Closes with a reset rather than in order. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
