package io.tagway.auth;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The users of one htpasswd file. The format:
 *
 * <pre>
 * file  = { line }
 * line  = blank | "#" comment | user ":" entry        blanks around a line are cut
 * entry = "$2y$" bcrypt | "$2a$" | "$2b$" | "$2x$"
 *       | "$apr1$" MD5 | "$1$" MD5 | "$5$" SHA-256 | "$6$" SHA-512
 *       | "{SHA}" base64 | "{SSHA}" base64
 *       | "{PLAIN}" password | password | DES
 * </pre>
 *
 * The last line of a user counts, also when it is refused: an old password must not come back
 * because the new one cannot be read.
 */
final class Htpasswd {
  /** Nobody. */
  static final Htpasswd EMPTY = new Htpasswd(Map.of(), List.of());

  /**
   * A line that lets nobody in. It never holds the text of the line, which may be a password.
   *
   * @param line from 1
   * @param user may be empty
   */
  record Problem(int line, String user, String reason) {}

  private final Map<String, StoredPassword> users;
  private final List<StoredPassword> decoys;
  private final List<Problem> problems;

  private Htpasswd(Map<String, StoredPassword> users, List<Problem> problems) {
    this.users = Map.copyOf(users);
    this.decoys = List.copyOf(users.values());
    this.problems = List.copyOf(problems);
  }

  /** Reads a whole file; anything is a file, at worst one of problems. */
  static Htpasswd parse(byte[] file) {
    Map<String, StoredPassword> users = new HashMap<>();
    List<Problem> problems = new ArrayList<>();
    int number = 0;
    for (String raw : withoutMark(Latin1.text(file)).split("\n")) {
      number++;
      String line = raw.trim();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int colon = line.indexOf(':');
      if (colon < 0) {
        problems.add(new Problem(number, "", "there is no colon, the line is skipped"));
        continue;
      }
      String user = line.substring(0, colon);
      users.remove(user);
      String entry = line.substring(colon + 1);
      Optional<StoredPassword> stored = StoredPassword.parse(entry);
      if (stored.isPresent()) {
        users.put(user, stored.get());
      } else {
        problems.add(new Problem(number, Latin1.readable(user), refusal(entry)));
      }
    }
    return new Htpasswd(users, problems);
  }

  private static String refusal(String entry) {
    return entry.isEmpty()
        ? "the password is empty, the user is refused"
        : "the hash is of an unknown form or broken, the user is refused";
  }

  private static String withoutMark(String text) {
    return text.startsWith("\u00ef\u00bb\u00bf") ? text.substring(3) : text;
  }

  /**
   * Whether this is the user's password. Blocks as long as the user's hash takes; for an unknown
   * user as long as the hash of some other one, so that a clock does not tell who exists.
   *
   * @param user bytes as Latin-1
   * @param decoy any number, the same for the same user, not to be foreseen by a client
   */
  boolean admits(String user, byte[] password, int decoy) {
    if (decoys.isEmpty()) {
      return false;
    }
    StoredPassword known = users.get(user);
    StoredPassword asked = known == null ? decoys.get(Math.floorMod(decoy, decoys.size())) : known;
    boolean matches = asked.matches(password);
    return known != null && matches;
  }

  int size() {
    return users.size();
  }

  List<Problem> problems() {
    return problems;
  }
}
