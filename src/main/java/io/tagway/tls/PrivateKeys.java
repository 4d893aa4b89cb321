package io.tagway.tls;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;

/** Reads private keys: PKCS#8, PKCS#1 (RSA) and SEC1 (elliptic curves). */
final class PrivateKeys {
  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

  /** rsaEncryption, 1.2.840.113549.1.1.1, with NULL parameters (RFC 8017, A.1). */
  private static final byte[] RSA = {
    0x30,
    0x0d,
    0x06,
    0x09,
    0x2a,
    (byte) 0x86,
    0x48,
    (byte) 0x86,
    (byte) 0xf7,
    0x0d,
    0x01,
    0x01,
    0x01,
    0x05,
    0x00
  };

  private static final byte[] PROBE = {'p', 'r', 'o', 'b', 'e'};

  private PrivateKeys() {}

  /**
   * The key in the block, which must be the one of the certificate.
   *
   * @param owner public key of the certificate
   * @throws BadCertificate saying why it will not do
   */
  static PrivateKey read(Pem block, PublicKey owner) {
    if (block.encrypted() || block.label().equals("ENCRYPTED PRIVATE KEY")) {
      throw new BadCertificate(
          "the private key is encrypted; remove the password with: openssl pkey -in KEY -out NEW");
    }
    byte[] pkcs8 =
        switch (block.label()) {
          case "RSA PRIVATE KEY" -> wrap(RSA, block.der());
          // SEC1 leaves the curve to others; that of the certificate is the only one that fits.
          case "EC PRIVATE KEY" -> wrap(algorithm(owner), block.der());
          case "PRIVATE KEY" -> block.der();
          default -> throw new BadCertificate("a key of kind " + block.label() + " is not known");
        };
    PrivateKey key;
    try {
      key =
          KeyFactory.getInstance(owner.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new BadCertificate(
          "the private key cannot be read as a key of kind "
              + owner.getAlgorithm()
              + ", which the certificate has");
    }
    if (!match(key, owner)) {
      throw new BadCertificate("the private key does not belong to the certificate");
    }
    return key;
  }

  private static boolean match(PrivateKey key, PublicKey owner) {
    if (key instanceof RSAKey mine && owner instanceof RSAKey its) {
      return mine.getModulus().equals(its.getModulus());
    }
    try {
      Signature signature =
          Signature.getInstance(
              owner.getAlgorithm().equals("EC") ? "SHA256withECDSA" : owner.getAlgorithm());
      signature.initSign(key);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(owner);
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** PrivateKeyInfo of RFC 5208 around a key of an older form. */
  private static byte[] wrap(byte[] algorithm, byte[] key) {
    return der(0x30, VERSION_0, algorithm, der(0x04, key));
  }

  /** The AlgorithmIdentifier, first part of the SubjectPublicKeyInfo (RFC 5280, 4.1). */
  private static byte[] algorithm(PublicKey owner) {
    byte[] info = owner.getEncoded();
    int start = contentStart(info, 0);
    return Arrays.copyOfRange(info, start, contentStart(info, start) + length(info, start));
  }

  private static int contentStart(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
  }

  private static int length(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < (first & 0x7f); i++) {
      length = (length << 8) | (der[at + 2 + i] & 0xff);
    }
    return length;
  }

  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int size = content.size();
    if (size < 0x80) {
      out.write(size);
    } else if (size < 0x100) {
      out.write(0x81);
      out.write(size);
    } else if (size < 0x10000) {
      out.write(0x82);
      out.write(size >> 8);
      out.write(size);
    } else {
      throw new BadCertificate("the private key is too long");
    }
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }
}
