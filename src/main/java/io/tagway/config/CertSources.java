package io.tagway.config;

import io.tagway.config.ListenerSettings.CertSource;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads {@code proxy.cs}. */
final class CertSources {
  private static final List<String> TYPES =
      List.of("file", "path", "http", "consul", "vault", "vault-pki");
  private static final Duration REFRESH = Duration.ofSeconds(3);
  private static final Pattern CONSUL_URL = Pattern.compile("https?://[^/?#]+/v1/kv/.*");
  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern TOKEN_PLACE = Pattern.compile("(file|env):.+");

  private CertSources() {}

  /** By name. A source that is not right is among them, so that it is reported only once. */
  static Map<String, CertSource> read(Values values, Findings findings) {
    Map<String, CertSource> sources = new LinkedHashMap<>();
    for (Entry entry : Entry.of("proxy.cs", values, findings)) {
      CertSource source = source(entry);
      if (!source.name().isEmpty() && sources.put(source.name(), source) != null) {
        entry.refuse("two sources are named " + Quoted.of(source.name()), "a name for each");
      }
    }
    return Collections.unmodifiableMap(sources);
  }

  private static CertSource source(Entry entry) {
    entry.refuseBare();
    String name = entry.required("cs");
    String type = entry.required("type");
    String cert = entry.required("cert");
    if (!type.isEmpty() && !TYPES.contains(type)) {
      entry.refuse("unknown cert source type " + type, String.join(", ", TYPES));
    }
    if (type.equals("consul") && !CONSUL_URL.matcher(cert).matches()) {
      entry.refuse("not a URL of the Consul KV store", "http://HOST:PORT/v1/kv/PREFIX");
    }
    String token = entry.text("vaultfetchtoken").orElse("");
    if (!token.isEmpty() && !TOKEN_PLACE.matcher(token).matches()) {
      entry.refuse("unknown vaultfetchtoken", "file:PATH or env:NAME");
    }
    Duration refresh = entry.duration("refresh", REFRESH);
    boolean readOnce = type.equals("file") || type.equals("consul");
    return new CertSource(
        name,
        type,
        cert,
        entry.text("key").orElse(""),
        entry.text("clientca").orElse(""),
        entry.text("caupgcn").orElse(""),
        token,
        headers(entry),
        readOnce ? Duration.ZERO : refresh);
  }

  private static Map<String, String> headers(Entry entry) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String header : entry.all("hdr")) {
      int colon = header.indexOf(": ");
      Optional<String> name =
          colon < 0
              ? Optional.empty()
              : Optional.of(header.substring(0, colon))
                  .filter(written -> HEADER_NAME.matcher(written).matches());
      if (name.isEmpty()) {
        entry.refuse("invalid header", "hdr=Name: value");
      } else {
        headers.put(canonical(name.get()), header.substring(colon + 2));
      }
    }
    return Collections.unmodifiableMap(headers);
  }

  /** Each word between dashes with a capital, as Go sends header names. */
  private static String canonical(String name) {
    return Stream.of(name.split("-", -1))
        .map(
            word ->
                word.isEmpty()
                    ? word
                    : word.substring(0, 1).toUpperCase(Locale.ROOT)
                        + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining("-"));
  }
}
