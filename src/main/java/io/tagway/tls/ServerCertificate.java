package io.tagway.tls;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/**
 * A certificate that a listener can show, with its key.
 *
 * @param file where it came from, for the log
 * @param chain its own certificate first
 * @param key that of the first certificate; checked
 * @param names common name and DNS names in small letters; {@code *} stands for labels
 * @param alias the same for the same chain, and for no other
 */
public record ServerCertificate(
    String file, List<X509Certificate> chain, PrivateKey key, Set<String> names, String alias) {
  private static final int DNS_NAME = 2;

  public ServerCertificate {
    chain = List.copyOf(chain);
    names = Collections.unmodifiableSet(new LinkedHashSet<>(names));
  }

  /**
   * Reads a pair.
   *
   * @param keyPem may be the same text as the certificate's
   * @throws BadCertificate saying why the pair cannot be used
   */
  static ServerCertificate of(String file, String certificatePem, String keyPem) {
    List<X509Certificate> chain = certificates(certificatePem);
    if (chain.isEmpty()) {
      throw new BadCertificate("there is no certificate in it");
    }
    X509Certificate own = chain.get(0);
    Pem key =
        Pem.blocks(keyPem).stream()
            .filter(Pem::isPrivateKey)
            .findFirst()
            .orElseThrow(() -> new BadCertificate("there is no private key for it"));
    return new ServerCertificate(
        file, chain, PrivateKeys.read(key, own.getPublicKey()), names(own), alias(chain));
  }

  /** When it ends to be valid. */
  public Instant end() {
    return chain.get(0).getNotAfter().toInstant();
  }

  /**
   * All certificates in a PEM text, in their order.
   *
   * @throws BadCertificate if one of them cannot be read
   */
  static List<X509Certificate> certificates(String pem) {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Pem block : Pem.blocks(pem)) {
      if (block.isCertificate()) {
        try {
          certificates.add(
              (X509Certificate)
                  CertificateFactory.getInstance("X.509")
                      .generateCertificate(new ByteArrayInputStream(block.der())));
        } catch (CertificateException e) {
          throw new BadCertificate("a certificate in it cannot be read");
        }
      }
    }
    return certificates;
  }

  /** The common name of a distinguished name, empty if it has none. */
  static String commonName(X500Principal principal) {
    try {
      for (Rdn part : new LdapName(principal.getName()).getRdns()) {
        if (part.getType().equalsIgnoreCase("CN")) {
          return part.getValue().toString();
        }
      }
    } catch (InvalidNameException e) {
      return "";
    }
    return "";
  }

  private static Set<String> names(X509Certificate certificate) {
    Set<String> names = new LinkedHashSet<>();
    String commonName = commonName(certificate.getSubjectX500Principal());
    if (!commonName.isEmpty()) {
      names.add(commonName.toLowerCase(Locale.ROOT));
    }
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      for (List<?> alternative : alternatives == null ? List.<List<?>>of() : alternatives) {
        if (alternative.get(0).equals(DNS_NAME)) {
          names.add(String.valueOf(alternative.get(1)).toLowerCase(Locale.ROOT));
        }
      }
    } catch (CertificateException e) {
      throw new BadCertificate("its alternative names cannot be read");
    }
    return names;
  }

  private static String alias(List<X509Certificate> chain) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (X509Certificate certificate : chain) {
        digest.update(certificate.getEncoded());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (GeneralSecurityException e) {
      throw new BadCertificate(BadCertificate.reason(e));
    }
  }
}
