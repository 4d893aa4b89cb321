package io.tagway.proxy.http;

import io.tagway.config.CipherSuite;
import io.tagway.testkit.TrustAll;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** TLS as the {@code tls} part of a request asks for it. */
final class CaseTls {
  private static final String NAME = "edge.test";

  private CaseTls() {}

  static SSLSocket connect(int port, JsonObject asked) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            TrustAll.context()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), port);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setServerNames(List.of(new SNIHostName(asked.getString("sni", NAME))));
    JsonArray alpn = asked.getJsonArray("alpn", new JsonArray());
    parameters.setApplicationProtocols(alpn.stream().toArray(String[]::new));
    if (asked.containsKey("version")) {
      parameters.setProtocols(new String[] {"TLSv" + asked.getString("version")});
    }
    if (asked.containsKey("ciphers")) {
      parameters.setCipherSuites(new String[] {suite(asked.getString("ciphers"))});
    }
    socket.setSSLParameters(parameters);
    try {
      socket.startHandshake();
      return socket;
    } catch (IOException failed) {
      socket.close();
      throw failed;
    }
  }

  /** The protocol that was agreed on; empty if none was, or there is no TLS. */
  static String alpn(Socket socket) {
    return socket instanceof SSLSocket tls ? tls.getApplicationProtocol() : "";
  }

  private static String suite(String openSslName) {
    return Arrays.stream(CipherSuite.values())
        .filter(suite -> suite.openSslName().equals(openSslName))
        .findFirst()
        .orElseThrow()
        .name();
  }
}
