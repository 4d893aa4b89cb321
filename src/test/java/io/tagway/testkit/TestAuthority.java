package io.tagway.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** A CA made with openssl, whose certificates may live for seconds. */
public final class TestAuthority {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Path home;
  private int issued;

  /** What was issued; the key is in the form of PKCS#1, as Vault gives it. */
  public record Issued(String certificate, String key) {}

  /** A new CA whose files lie in a directory of its own. */
  public TestAuthority(Path home) throws IOException {
    this.home = Files.createDirectories(home);
    Files.writeString(home.resolve("index.txt"), "");
    Files.writeString(home.resolve("serial"), "1000\n");
    Files.writeString(
        home.resolve("ca.cnf"),
        """
        [ca]
        default_ca=here
        [here]
        database=%1$s/index.txt
        serial=%1$s/serial
        new_certs_dir=%1$s
        certificate=%1$s/ca.pem
        private_key=%1$s/ca.key
        default_md=sha256
        policy=any
        unique_subject=no
        x509_extensions=leaf
        copy_extensions=copy
        [any]
        commonName=supplied
        [leaf]
        basicConstraints=CA:FALSE
        """
            .formatted(home));
    openssl(
        "req -x509 -new -newkey rsa:2048 -nodes -days 2 -subj /CN=Test_Issuing_CA -keyout "
            + home.resolve("ca.key")
            + " -out "
            + home.resolve("ca.pem"));
  }

  public String certificate() throws IOException {
    return Files.readString(home.resolve("ca.pem"));
  }

  /** A certificate for one host name. */
  public Issued issue(String commonName, Duration life) throws IOException {
    return issue(commonName, "DNS:" + commonName, life);
  }

  /**
   * @param alternatives subjectAltName as openssl reads it: {@code DNS:a.test,IP:127.0.0.1}
   */
  public synchronized Issued issue(String commonName, String alternatives, Duration life)
      throws IOException {
    Path stem = home.resolve("leaf" + issued++);
    openssl(
        "req -new -newkey rsa:2048 -nodes -subj /CN=%s -addext subjectAltName=%s -keyout %3$s.p8 -out %3$s.csr"
            .formatted(commonName, alternatives, stem));
    openssl("rsa -in %1$s.p8 -traditional -out %1$s.key".formatted(stem));
    Instant now = Instant.now();
    openssl(
        "ca -batch -notext -config %s -startdate %s -enddate %s -in %s.csr -out %s.pem"
            .formatted(
                home.resolve("ca.cnf"),
                TIME.format(now.minusSeconds(60)),
                TIME.format(now.plus(life)),
                stem,
                stem));
    return new Issued(
        Files.readString(Path.of(stem + ".pem")), Files.readString(Path.of(stem + ".key")));
  }

  private static void openssl(String arguments) {
    SClient.run("", List.of(("openssl " + arguments).split(" ")));
  }
}
