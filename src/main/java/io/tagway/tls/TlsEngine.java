package io.tagway.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import io.tagway.config.CipherSuite;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;

/** Who does the cryptography of TLS. */
enum TlsEngine {
  /** BoringSSL, as Netty brings it. */
  OPENSSL(SslProvider.OPENSSL),
  /** The JDK's own: everywhere to be had, at twice the CPU. */
  JDK(SslProvider.JDK);

  private final SslProvider provider;

  TlsEngine(SslProvider provider) {
    this.provider = provider;
  }

  SslProvider provider() {
    return provider;
  }

  /** OpenSSL where it loads. */
  static TlsEngine best() {
    return OpenSsl.isAvailable() ? OPENSSL : JDK;
  }

  /** In the words of the log. */
  String description() {
    return this == OPENSSL
        ? OpenSsl.versionString()
        : "the JDK's TLS (" + BadCertificate.reason(unavailability()) + ")";
  }

  private static Throwable unavailability() {
    Throwable cause = OpenSsl.unavailabilityCause();
    return cause == null ? new BadCertificate("as chosen") : cause;
  }

  boolean supports(CipherSuite suite) {
    return this == OPENSSL
        ? OpenSsl.isCipherSuiteAvailable(suite.name())
        : JdkSuites.ALL.contains(suite.name()) || JdkSuites.ALL.contains(jdkName(suite));
  }

  /** What the engine calls it. */
  String nameOf(CipherSuite suite) {
    return this == JDK && !JdkSuites.ALL.contains(suite.name()) ? jdkName(suite) : suite.name();
  }

  /** Suites that are older than the word TLS still begin with SSL there. */
  private static String jdkName(CipherSuite suite) {
    return suite.name().replaceFirst("^TLS_", "SSL_");
  }

  /** Offers protocols; a client that knows none of them goes on without one. */
  static ApplicationProtocolConfig alpn(List<String> protocols) {
    return protocols.isEmpty()
        ? ApplicationProtocolConfig.DISABLED
        : new ApplicationProtocolConfig(
            Protocol.ALPN,
            SelectorFailureBehavior.NO_ADVERTISE,
            SelectedListenerFailureBehavior.ACCEPT,
            protocols);
  }

  /** Loaded when first asked for. */
  private static final class JdkSuites {
    static final Set<String> ALL = load();

    private static Set<String> load() {
      try {
        return Set.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
      } catch (NoSuchAlgorithmException e) {
        return Set.of();
      }
    }
  }
}
