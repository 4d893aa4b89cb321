package io.tagway.tls;

import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.util.SimpleKeyManagerFactory;
import io.netty.internal.tcnative.SSL;
import java.net.Socket;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the key for each handshake from what the source has at that moment. So a new certificate
 * needs no new context: connections, session tickets and listeners know nothing of the change.
 */
@SuppressWarnings("NullAway") // the JSSE interfaces speak null for "none"
final class ServerKeys extends X509ExtendedKeyManager {
  private final Supplier<Certificates> current;
  private final boolean strict;
  private volatile Certificates seen = Certificates.NONE;
  private volatile Certificates before = Certificates.NONE;

  ServerKeys(Supplier<Certificates> current, boolean strict) {
    this.current = current;
    this.strict = strict;
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal[] issuers, SSLEngine engine) {
    return latest()
        .choose(serverName(engine), strict)
        .filter(certificate -> fits(keyType, certificate.key().getAlgorithm(), engine))
        .map(ServerCertificate::alias)
        .orElse(null);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return find(alias)
        .map(certificate -> certificate.chain().toArray(new X509Certificate[0]))
        .orElse(null);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return find(alias).map(ServerCertificate::key).orElse(null);
  }

  /** A set may be replaced between the choice of an alias and the question for its key. */
  private Optional<ServerCertificate> find(String alias) {
    Optional<ServerCertificate> now = latest().withAlias(alias);
    return now.isPresent() ? now : before.withAlias(alias);
  }

  private Certificates latest() {
    Certificates latest = current.get();
    if (latest != seen) {
      synchronized (this) {
        if (latest != seen) {
          before = seen;
          seen = latest;
        }
      }
    }
    return latest;
  }

  /**
   * The JDK asks for the kind of key that it names. OpenSSL asks with words of its own, which it
   * has for elliptic curves but not for Edwards curves.
   */
  private static boolean fits(String asked, String algorithm, SSLEngine engine) {
    if (engine instanceof ReferenceCountedOpenSslEngine) {
      return algorithm.equals("RSA") ? asked.equals("RSA") : asked.equals("EC");
    }
    return asked.equals(algorithm) || (algorithm.equals("RSA") && asked.equals("RSASSA-PSS"));
  }

  private static String serverName(SSLEngine engine) {
    if (engine instanceof ReferenceCountedOpenSslEngine openSsl) {
      // The session would refuse names that end in a dot, or hold an underscore.
      String name = SSL.getSniHostname(openSsl.sslPointer());
      return name == null ? "" : name;
    }
    if (engine.getHandshakeSession() instanceof ExtendedSSLSession session) {
      for (SNIServerName name : session.getRequestedServerNames()) {
        if (name instanceof SNIHostName host) {
          return host.getAsciiName();
        }
      }
    }
    return "";
  }

  /** In the form in which contexts are made. */
  KeyManagerFactory factory() {
    return new SimpleKeyManagerFactory() {
      @Override
      protected void engineInit(KeyStore store, char[] password) {}

      @Override
      protected void engineInit(ManagerFactoryParameters parameters) {}

      @Override
      protected KeyManager[] engineGetKeyManagers() {
        return new KeyManager[] {ServerKeys.this};
      }
    };
  }

  @Override
  public @Nullable String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return null;
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal[] issuers) {
    return null;
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal[] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
    return null;
  }
}
