package io.tagway.proxy.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Server sockets of the JDK's TLS, which tell what a client has asked for. */
final class TlsSockets {
  private static final Path HOME = Path.of("src/test/resources/tls");
  private static final Map<Socket, List<String>> OFFERED = new WeakHashMap<>();

  private TlsSockets() {}

  static Path certificate(String stem) {
    return HOME.resolve(stem + "-cert.pem");
  }

  static Path key(String stem) {
    return HOME.resolve(stem + "-key.pem");
  }

  /** Listens on a free port with the self-signed certificate of that name. */
  static SSLServerSocket listen(String stem) throws IOException {
    try {
      return (SSLServerSocket)
          context(stem)
              .getServerSocketFactory()
              .createServerSocket(0, 512, InetAddress.getLoopbackAddress());
    } catch (GeneralSecurityException broken) {
      throw new IOException(stem, broken);
    }
  }

  private static SSLContext context(String stem) throws GeneralSecurityException, IOException {
    Certificate certificate =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(certificate(stem))));
    String pem = Files.readString(key(stem), StandardCharsets.US_ASCII);
    byte[] key = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "own",
        KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key)),
        new char[0],
        new Certificate[] {certificate});
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /**
   * Notes what the client offers by ALPN, and chooses nothing. To be called before the handshake.
   */
  static void watch(Socket socket) {
    if (socket instanceof SSLSocket tls) {
      tls.setHandshakeApplicationProtocolSelector(
          (one, offered) -> {
            synchronized (OFFERED) {
              OFFERED.put(one, List.copyOf(offered));
            }
            return "";
          });
    }
  }

  /** What the client has asked for, as lines {@code :sni} and {@code :alpn}. */
  static List<RawMessage.Line> asked(Socket socket) {
    List<RawMessage.Line> lines = new ArrayList<>();
    if (socket instanceof SSLSocket tls) {
      ((ExtendedSSLSession) tls.getSession())
          .getRequestedServerNames()
          .forEach(
              name -> lines.add(new RawMessage.Line(":sni", ((SNIHostName) name).getAsciiName())));
      synchronized (OFFERED) {
        OFFERED
            .getOrDefault(socket, List.of())
            .forEach(protocol -> lines.add(new RawMessage.Line(":alpn", protocol)));
      }
    }
    return lines;
  }
}
