package io.tagway.tls;

import io.netty.handler.ssl.OpenSslCertificateException;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Decides about client certificates: one of those listed, or one that a listed CA has signed (RFC
 * 5280, 6), fit for clients, and in its time. With {@code caupgcn} listed certificates of that
 * issuer count as CAs though they do not say so, as the self-signed ones of the AWS API gateway.
 */
final class ClientTrust extends X509ExtendedTrustManager {
  private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
  private static final int KEY_CERT_SIGN = 5;

  /** X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY; else the client is told of an internal error. */
  private static final int UNKNOWN_ISSUER = 20;

  private final List<X509Certificate> listed;
  private final Set<TrustAnchor> anchors;

  /**
   * @param listed at least one
   * @param upgradeCn empty if no certificate is to be taken for a CA
   */
  ClientTrust(List<X509Certificate> listed, String upgradeCn) {
    this.listed = List.copyOf(listed);
    this.anchors =
        listed.stream()
            .filter(certificate -> isAuthority(certificate, upgradeCn))
            .map(certificate -> new TrustAnchor(certificate, null))
            .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isAuthority(X509Certificate certificate, String upgradeCn) {
    boolean[] usage = certificate.getKeyUsage();
    boolean mayDo =
        certificate.getBasicConstraints() >= 0 && (usage == null || usage[KEY_CERT_SIGN]);
    // Version 1 knows no constraints; being listed here says enough.
    return mayDo
        || certificate.getVersion() == 1
        || (!upgradeCn.isEmpty()
            && ServerCertificate.commonName(certificate.getIssuerX500Principal())
                .equals(upgradeCn));
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    if (chain == null || chain.length == 0) {
      throw new CertificateException("there is no client certificate");
    }
    chain[0].checkValidity();
    if (!listed.contains(chain[0])) {
      verify(chain);
    }
  }

  private void verify(X509Certificate[] chain) throws CertificateException {
    if (anchors.isEmpty()) {
      throw new CertificateException("no CA is trusted");
    }
    try {
      X509CertSelector target = new X509CertSelector();
      target.setCertificate(chain[0]);
      target.setExtendedKeyUsage(new HashSet<>(Set.of(CLIENT_AUTH)));
      PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
      parameters.setRevocationEnabled(false);
      parameters.addCertStore(
          CertStore.getInstance(
              "Collection", new CollectionCertStoreParameters(Arrays.asList(chain))));
      CertPathBuilder.getInstance("PKIX").build(parameters);
    } catch (GeneralSecurityException | IOException e) {
      throw new OpenSslCertificateException(
          "the client certificate is not trusted", e, UNKNOWN_ISSUER);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("these CAs are for clients");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("these CAs are for clients");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("these CAs are for clients");
  }

  /** What the server names to clients in its request. */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return listed.toArray(new X509Certificate[0]);
  }
}
