package io.tagway.config;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The cipher suites that can be named in {@code tlsciphers}: by the IANA name, which is Go's and
 * the constant's, by OpenSSL's name, or by number (IANA TLS parameters registry).
 */
public enum CipherSuite {
  TLS_AES_128_GCM_SHA256(0x1301, "TLS_AES_128_GCM_SHA256"),
  TLS_AES_256_GCM_SHA384(0x1302, "TLS_AES_256_GCM_SHA384"),
  TLS_CHACHA20_POLY1305_SHA256(0x1303, "TLS_CHACHA20_POLY1305_SHA256"),
  TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256(0xc02b, "ECDHE-ECDSA-AES128-GCM-SHA256"),
  TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256(0xc02f, "ECDHE-RSA-AES128-GCM-SHA256"),
  TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384(0xc02c, "ECDHE-ECDSA-AES256-GCM-SHA384"),
  TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384(0xc030, "ECDHE-RSA-AES256-GCM-SHA384"),
  TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256(0xcca9, "ECDHE-ECDSA-CHACHA20-POLY1305"),
  TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256(0xcca8, "ECDHE-RSA-CHACHA20-POLY1305"),
  TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA(0xc009, "ECDHE-ECDSA-AES128-SHA"),
  TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA(0xc013, "ECDHE-RSA-AES128-SHA"),
  TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA(0xc00a, "ECDHE-ECDSA-AES256-SHA"),
  TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA(0xc014, "ECDHE-RSA-AES256-SHA"),
  TLS_RSA_WITH_RC4_128_SHA(0x0005, "RC4-SHA"),
  TLS_RSA_WITH_3DES_EDE_CBC_SHA(0x000a, "DES-CBC3-SHA"),
  TLS_RSA_WITH_AES_128_CBC_SHA(0x002f, "AES128-SHA"),
  TLS_RSA_WITH_AES_256_CBC_SHA(0x0035, "AES256-SHA"),
  TLS_RSA_WITH_AES_128_CBC_SHA256(0x003c, "AES128-SHA256"),
  TLS_RSA_WITH_AES_128_GCM_SHA256(0x009c, "AES128-GCM-SHA256"),
  TLS_RSA_WITH_AES_256_GCM_SHA384(0x009d, "AES256-GCM-SHA384"),
  TLS_ECDHE_ECDSA_WITH_RC4_128_SHA(0xc007, "ECDHE-ECDSA-RC4-SHA"),
  TLS_ECDHE_RSA_WITH_RC4_128_SHA(0xc011, "ECDHE-RSA-RC4-SHA"),
  TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA(0xc012, "ECDHE-RSA-DES-CBC3-SHA"),
  TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256(0xc023, "ECDHE-ECDSA-AES128-SHA256"),
  TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256(0xc027, "ECDHE-RSA-AES128-SHA256");

  private static final Map<Integer, CipherSuite> BY_VALUE =
      Arrays.stream(values()).collect(Collectors.toMap(CipherSuite::value, Function.identity()));

  private static final Map<String, CipherSuite> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(CipherSuite::name, Function.identity()));

  private final int value;
  private final String openSslName;

  CipherSuite(int value, String openSslName) {
    this.value = value;
    this.openSslName = openSslName;
  }

  /** The two bytes on the wire. */
  public int value() {
    return value;
  }

  /** What {@code openssl ciphers} calls it. */
  public String openSslName() {
    return openSslName;
  }

  /** The suite with that number, if it is one of those that can be named. */
  public static Optional<CipherSuite> of(int value) {
    return Optional.ofNullable(BY_VALUE.get(value));
  }

  /** The suite with that IANA name, if it is one of those that can be named. */
  public static Optional<CipherSuite> named(String ianaName) {
    return Optional.ofNullable(BY_NAME.get(ianaName));
  }
}
