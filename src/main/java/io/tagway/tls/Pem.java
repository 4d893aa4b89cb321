package io.tagway.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One block of PEM text (RFC 7468, and the headers of RFC 1421 that OpenSSL writes). */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN ([A-Z0-9 ]+)-----[ \\t]*\\r?\\n(.*?)-----END \\1-----", Pattern.DOTALL);
  private static final Pattern HEADER = Pattern.compile("(?m)^[A-Za-z-]+:.*$");
  private static final Pattern BLANK = Pattern.compile("\\s+");

  private final String label;
  private final boolean encrypted;
  private final byte[] der;

  private Pem(String label, boolean encrypted, byte[] der) {
    this.label = label;
    this.encrypted = encrypted;
    this.der = der;
  }

  /**
   * All blocks in their order; text around them is skipped.
   *
   * @throws BadCertificate if a block is not base64
   */
  static List<Pem> blocks(String text) {
    List<Pem> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      String label = matcher.group(1);
      String body = matcher.group(2);
      boolean encrypted = body.contains("Proc-Type: 4,ENCRYPTED");
      String base64 = BLANK.matcher(HEADER.matcher(body).replaceAll("")).replaceAll("");
      try {
        blocks.add(new Pem(label, encrypted, Base64.getDecoder().decode(base64)));
      } catch (IllegalArgumentException e) {
        throw new BadCertificate("the block " + label + " is not base64");
      }
    }
    return blocks;
  }

  /** What stands behind BEGIN. */
  String label() {
    return label;
  }

  /** Whether headers say that a password is needed. */
  boolean encrypted() {
    return encrypted;
  }

  /** The decoded content. */
  byte[] der() {
    return der.clone();
  }

  boolean isCertificate() {
    return label.equals("CERTIFICATE");
  }

  boolean isPrivateKey() {
    return label.equals("PRIVATE KEY") || label.endsWith(" PRIVATE KEY");
  }
}
