package io.tagway.outbound;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.PKIXReason;
import javax.net.ssl.SSLException;

/** Why something could not be asked, as one phrase for a log line. */
public final class Cause {
  private Cause() {}

  /** What failed last knows most of it: Vert.x and the JDK wrap what went wrong with TLS. */
  public static String text(Throwable failure) {
    boolean tls = false;
    Throwable deepest = failure;
    for (Throwable one = failure; one != null; one = one.getCause()) {
      tls |= one instanceof SSLException;
      deepest = one;
    }
    if (!tls) {
      return message(failure);
    }
    return "TLS failed: "
        + (isUnknownAuthority(deepest)
            ? "the certificate is signed by no CA that is trusted here"
            : message(deepest));
  }

  /** Which of the two the JDK throws depends on the intermediates that came along. */
  private static boolean isUnknownAuthority(Throwable failure) {
    return failure instanceof CertPathBuilderException
        || (failure instanceof CertPathValidatorException invalid
            && invalid.getReason() == PKIXReason.NO_TRUST_ANCHOR);
  }

  /** The message of the failure itself, or its class if it brings none. */
  public static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isEmpty() ? failure.getClass().getSimpleName() : message;
  }
}
