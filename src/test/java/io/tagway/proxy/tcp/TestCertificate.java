package io.tagway.proxy.tcp;

import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PfxOptions;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed certificate made by the JDK's keytool, and who trusts it. */
final class TestCertificate {
  private static final String PASSWORD = "password";

  private final Path file;
  private final SSLContext context;

  private TestCertificate(Path file, SSLContext context) {
    this.file = file;
    this.context = context;
  }

  static TestCertificate in(Path directory, String name) throws Exception {
    Path file = directory.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "test",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:" + name,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException(said);
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, PASSWORD.toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("test", store.getCertificate("test"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return new TestCertificate(file, context);
  }

  PfxOptions options() {
    return new PfxOptions().setPath(file.toString()).setPassword(PASSWORD);
  }

  void configure(NetServerOptions server) {
    server.setKeyCertOptions(options());
  }

  SSLContext context() {
    return context;
  }

  /** A client on a connection that is open already; the handshake comes with the first byte. */
  SSLSocket client(Socket socket, String serverName) throws java.io.IOException {
    SSLSocket tls =
        (SSLSocket) context.getSocketFactory().createSocket(socket, "127.0.0.1", 1, true);
    if (!serverName.isEmpty()) {
      SSLParameters parameters = tls.getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName(serverName)));
      tls.setSSLParameters(parameters);
    }
    return tls;
  }

  /** Server side of a connection that was accepted. */
  SSLSocket server(Socket socket) throws java.io.IOException {
    SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true);
    tls.setUseClientMode(false);
    return tls;
  }
}
