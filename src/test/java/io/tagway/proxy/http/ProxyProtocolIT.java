package io.tagway.proxy.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the cases do not show of PROXY headers before HTTP. */
class ProxyProtocolIT {
  private static final String HEADER = "PROXY TCP4 1.2.3.4 5.6.7.8 1111 2222\r\n";
  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

  private TestRouter router;

  @BeforeEach
  void start() {
    router =
        TestRouter.start(
            "route add a a.test/ http://127.0.0.1:1/ opts \"deny=ip:1.2.3.4\"",
            "-proxy.addr",
            "127.0.0.1:0;pxyproto=true;pxytimeout=200ms");
  }

  @AfterEach
  void stop() {
    router.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), router.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static String status(Socket socket) throws IOException {
    return new String(socket.getInputStream().readNBytes(12), US_ASCII);
  }

  @Test
  void theHeaderMayComeInPieces() throws Exception {
    try (Socket socket = connect()) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      for (byte b : (HEADER + REQUEST).getBytes(US_ASCII)) {
        out.write(b);
        LockSupport.parkNanos(200_000);
      }
      assertEquals("HTTP/1.1 403", status(socket));
    }
  }

  @Test
  void whoSendsNoneInTimeIsServed() throws Exception {
    try (Socket socket = connect()) {
      LockSupport.parkNanos(400_000_000L);
      socket.getOutputStream().write(REQUEST.getBytes(US_ASCII));
      assertEquals("HTTP/1.1 502", status(socket));
    }
  }

  @Test
  void aBrokenHeaderClosesWithoutAnAnswer() throws Exception {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(("PROXY TCP4 1.2.3.4\r\n" + REQUEST).getBytes(US_ASCII));
      assertTrue(ended(socket));
    }
  }

  @Test
  void aHeaderThatNeverEndsClosesWithoutAnAnswer() throws Exception {
    try (Socket socket = connect()) {
      socket.getOutputStream().write("PROXY TCP4 1.2.3.4".getBytes(US_ASCII));
      assertTrue(ended(socket));
    }
  }

  private static boolean ended(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() == -1;
    } catch (java.net.SocketException reset) {
      return true;
    }
  }
}
