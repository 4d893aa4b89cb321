package io.tagway.auth;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.Md5Crypt;
import org.apache.commons.codec.digest.Sha2Crypt;
import org.apache.commons.codec.digest.UnixCrypt;

/**
 * What an htpasswd line holds behind the user name. Texts are Latin-1, one character a byte, so
 * that a password is compared byte by byte whatever its encoding.
 */
sealed interface StoredPassword {
  /** Takes as long for a wrong password as for the right one; some forms take 100 ms and more. */
  boolean matches(byte[] password);

  /**
   * Reads one entry; empty when it is a hash that is unknown or broken, or nothing at all. Such a
   * text must not pass for a plain password: whoever saw the file could log in with the hash.
   */
  static Optional<StoredPassword> parse(String text) {
    if (Bcrypt.FORM.matcher(text).matches()) {
      return Optional.of(new Bcrypt(text));
    }
    if (Md5.FORM.matcher(text).matches()) {
      return Optional.of(new Md5(text));
    }
    if (Sha2.FORM.matcher(text).matches()) {
      return Optional.of(new Sha2(text));
    }
    if (text.startsWith(Sha1.UNSALTED)) {
      return Sha1.parse(text.substring(Sha1.UNSALTED.length()), false);
    }
    if (text.startsWith(Sha1.SALTED)) {
      return Sha1.parse(text.substring(Sha1.SALTED.length()), true);
    }
    if (text.startsWith(Plain.PREFIX)) {
      return Plain.parse(text.substring(Plain.PREFIX.length()));
    }
    if (Plain.LOOKS_HASHED.matcher(text).lookingAt()) {
      return Optional.empty();
    }
    return UnixDes.FORM.matcher(text).matches()
        ? Optional.of(new UnixDes(text))
        : Plain.parse(text);
  }

  /** {@code $2y$COST$...}, as {@code htpasswd -B} writes it. Bytes past the 72nd do not count. */
  record Bcrypt(String text) implements StoredPassword {
    private static final Pattern FORM =
        Pattern.compile("\\$2[abxy]\\$(0[4-9]|[12]\\d|3[01])\\$[./A-Za-z0-9]{53}");

    @Override
    public boolean matches(byte[] password) {
      return BCrypt.verifyer(
              BCrypt.Version.VERSION_2Y, LongPasswordStrategies.truncate(BCrypt.Version.VERSION_2Y))
          .verify(password, Latin1.bytes(text))
          .verified;
    }
  }

  /** {@code $apr1$SALT$...} of Apache and {@code $1$SALT$...} of Unix. */
  record Md5(String text) implements StoredPassword {
    private static final Pattern FORM =
        Pattern.compile("\\$(apr1|1)\\$[./A-Za-z0-9]{1,8}\\$[./A-Za-z0-9]{22}");

    @Override
    public boolean matches(byte[] password) {
      byte[] key = password.clone(); // the library wipes it
      String made =
          text.startsWith("$apr1$") ? Md5Crypt.apr1Crypt(key, text) : Md5Crypt.md5Crypt(key, text);
      return Latin1.same(made, text);
    }
  }

  /** {@code $5$...} and {@code $6$...}, SHA-crypt with or without {@code rounds=N$}. */
  record Sha2(String text) implements StoredPassword {
    private static final Pattern FORM =
        Pattern.compile(
            "\\$(5\\$(rounds=\\d{1,9}\\$)?[./A-Za-z0-9]{1,16}\\$[./A-Za-z0-9]{43}"
                + "|6\\$(rounds=\\d{1,9}\\$)?[./A-Za-z0-9]{1,16}\\$[./A-Za-z0-9]{86})");

    @Override
    public boolean matches(byte[] password) {
      byte[] key = password.clone(); // the library wipes it
      String made =
          text.startsWith("$5$")
              ? Sha2Crypt.sha256Crypt(key, text)
              : Sha2Crypt.sha512Crypt(key, text);
      // Rounds outside of 1000 to 999999999 are printed as what they count for.
      return Latin1.same(hash(made), hash(text));
    }

    private static String hash(String entry) {
      return entry.substring(entry.lastIndexOf('$'));
    }
  }

  /** {@code {SHA}BASE64} and {@code {SSHA}BASE64}: SHA-1 of password and salt, then the salt. */
  record Sha1(String digest, String salt) implements StoredPassword {
    private static final String UNSALTED = "{SHA}";
    private static final String SALTED = "{SSHA}";
    private static final int DIGEST_BYTES = 20;

    private static Optional<StoredPassword> parse(String base64, boolean salted) {
      byte[] bytes;
      try {
        bytes = Base64.getDecoder().decode(base64);
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
      boolean fits = salted ? bytes.length > DIGEST_BYTES : bytes.length == DIGEST_BYTES;
      String text = Latin1.text(bytes);
      return fits
          ? Optional.of(new Sha1(text.substring(0, DIGEST_BYTES), text.substring(DIGEST_BYTES)))
          : Optional.empty();
    }

    @Override
    public boolean matches(byte[] password) {
      MessageDigest sha1 = DigestUtils.getSha1Digest();
      sha1.update(password);
      return Latin1.same(Latin1.text(sha1.digest(Latin1.bytes(salt))), digest);
    }
  }

  /** The password itself, bare or as {@code {PLAIN}PASSWORD}; never empty. */
  record Plain(String text) implements StoredPassword {
    private static final String PREFIX = "{PLAIN}";

    /** {@code $id$...} of crypt(5) and {@code {NAME}...} of RFC 2307. */
    private static final Pattern LOOKS_HASHED =
        Pattern.compile("\\$[A-Za-z0-9][A-Za-z0-9,=_-]*\\$|\\{[A-Z][A-Z0-9_.-]*\\}");

    private static Optional<StoredPassword> parse(String text) {
      return text.isEmpty() ? Optional.empty() : Optional.of(new Plain(text));
    }

    @Override
    public boolean matches(byte[] password) {
      return Latin1.same(Latin1.text(password), text);
    }
  }

  /**
   * Thirteen characters that may be the DES hash of {@code htpasswd -d} or a plain password of that
   * length: nothing tells them apart, so either matches.
   */
  record UnixDes(String text) implements StoredPassword {
    private static final Pattern FORM = Pattern.compile("[./0-9A-Za-z]{13}");

    @Override
    public boolean matches(byte[] password) {
      boolean hashed = Latin1.same(UnixCrypt.crypt(password.clone(), text), text);
      boolean plain = new Plain(text).matches(password);
      return hashed || plain;
    }
  }
}
