package io.tagway.outbound;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.PKIXReason;
import javax.net.ssl.SSLException;

/** Why another server could not be asked, as one phrase for a log line. */
public final class Cause {
  private Cause() {}

  /** The message, and that it is about TLS if it is. */
  public static String text(Throwable failure) {
    return (isTls(failure) ? "TLS failed: " : "") + words(failure);
  }

  /**
   * The message alone. Of TLS what failed last knows most: Vert.x, Netty and the JDK wrap what went
   * wrong.
   */
  public static String words(Throwable failure) {
    if (!isTls(failure)) {
      return message(failure);
    }
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return isUnknownAuthority(deepest)
        ? "the certificate is signed by no CA that is trusted here"
        : message(deepest);
  }

  private static boolean isTls(Throwable failure) {
    for (Throwable one = failure; one != null; one = one.getCause()) {
      if (one instanceof SSLException) {
        return true;
      }
    }
    return false;
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
