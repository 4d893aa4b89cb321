package io.tagway.tls;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a source has at one moment, and the choice among it. Never changes; swapped whole. */
public final class Certificates {
  /** Before the first load. */
  public static final Certificates NONE = new Certificates(List.of());

  private final List<ServerCertificate> all;
  private final Map<String, ServerCertificate> byName;
  private final Map<String, ServerCertificate> byAlias;

  private Certificates(List<ServerCertificate> all) {
    this.all = List.copyOf(all);
    Map<String, ServerCertificate> names = new HashMap<>();
    Map<String, ServerCertificate> aliases = new HashMap<>();
    for (ServerCertificate certificate : all) {
      certificate.names().forEach(name -> names.put(name, certificate));
      aliases.put(certificate.alias(), certificate);
    }
    this.byName = Map.copyOf(names);
    this.byAlias = Map.copyOf(aliases);
  }

  /** In the order of their files: the first is the default, of two for one name the later wins. */
  static Certificates of(List<ServerCertificate> inOrder) {
    return inOrder.isEmpty() ? NONE : new Certificates(inOrder);
  }

  /** In the order of their files. */
  public List<ServerCertificate> all() {
    return all;
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  /**
   * The certificate for a client that asked for a name: the exact one, then one for the name with
   * its first label, its first two labels and so on replaced by {@code *}, then the first.
   *
   * @param serverName as sent, in any case; empty if none was
   * @param strict whether a name that nothing fits gets nothing
   */
  public Optional<ServerCertificate> choose(String serverName, boolean strict) {
    ServerCertificate match = serverName.isEmpty() ? null : match(serverName);
    if (match != null) {
      return Optional.of(match);
    }
    return strict || all.isEmpty() ? Optional.empty() : Optional.of(all.get(0));
  }

  /** By {@link ServerCertificate#alias()}. */
  Optional<ServerCertificate> withAlias(String alias) {
    return Optional.ofNullable(byAlias.get(alias));
  }

  /** The form in which names are compared: small letters, no dots at the end. */
  static String canonical(String serverName) {
    int end = serverName.length();
    while (end > 0 && serverName.charAt(end - 1) == '.') {
      end--;
    }
    return serverName.substring(0, end).toLowerCase(Locale.ROOT);
  }

  private @Nullable ServerCertificate match(String serverName) {
    String name = canonical(serverName);
    ServerCertificate exact = byName.get(name);
    if (exact != null) {
      return exact;
    }
    StringBuilder stars = new StringBuilder();
    int dot = -1;
    do {
      dot = name.indexOf('.', dot + 1);
      stars.append(stars.isEmpty() ? "*" : ".*");
      ServerCertificate wild = byName.get(dot < 0 ? stars.toString() : stars + name.substring(dot));
      if (wild != null) {
        return wild;
      }
    } while (dot >= 0);
    return null;
  }

  /** Whether both show the same chains in the same order. */
  boolean sameAs(Certificates other) {
    return aliases().equals(other.aliases());
  }

  private List<String> aliases() {
    return all.stream().map(ServerCertificate::alias).toList();
  }

  @Override
  public String toString() {
    return all.stream().map(certificate -> String.join(",", certificate.names())).toList() + "";
  }
}
