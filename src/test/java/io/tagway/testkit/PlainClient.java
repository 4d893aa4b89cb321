package io.tagway.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** One HTTP/1.1 connection to this machine that is kept, and looks at every byte. */
public final class PlainClient implements AutoCloseable {
  private static final int LIMIT_MILLIS = 30_000;

  private final Socket socket;

  public PlainClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(LIMIT_MILLIS);
  }

  /** Asks, and gives the {@link #answer()}. */
  public String get(String path) throws IOException {
    send(path);
    return answer();
  }

  /** Asks with these lines of headers. */
  public void send(String path, String... headers) throws IOException {
    raw("GET " + path + " HTTP/1.1\r\nHost: a.test\r\n" + String.join("", headers) + "\r\n");
  }

  /** Sends these characters as they are. */
  public void raw(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Head, in small letters, and body of the next answer; the body must have a length. */
  public String answer() throws IOException {
    StringBuilder head = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed after: " + head);
      }
      head.append(Character.toLowerCase((char) next));
    }
    int at = head.indexOf("content-length: ");
    int length =
        at < 0 ? 0 : Integer.parseInt(head.substring(at + 16, head.indexOf("\r\n", at)).strip());
    return head + bytes(length);
  }

  /** As many bytes, as text. */
  public String bytes(int count) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(socket.getInputStream().readNBytes(count));
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  /**
   * Waits for the other side to close the connection, and says whether that came without a byte.
   */
  public boolean isClosed() throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException reset) {
      return true;
    }
  }

  /** Says that nothing more will come from here. */
  public void end() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
