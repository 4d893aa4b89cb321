package io.tagway.config;

import io.tagway.config.ListenerSettings.CertSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads {@code proxy.addr} and {@code ui.addr}. */
final class Listeners {
  private static final Duration PROXY_HEADER_WAIT = Duration.ofMillis(250);
  private static final Duration TABLE_LOOK = Duration.ofSeconds(5);
  private static final Duration TABLE_LOOK_LEAST = Duration.ofSeconds(1);
  private static final String PROTOS =
      String.join(", ", Stream.of(Proto.values()).map(Proto::word).toList());

  private final Values values;
  private final Map<String, CertSource> certSources;
  private final AddressTemplate template;
  private final Findings findings;

  Listeners(
      Values values,
      Map<String, CertSource> certSources,
      AddressTemplate template,
      Findings findings) {
    this.values = values;
    this.certSources = certSources;
    this.template = template;
    this.findings = findings;
  }

  /** The proxy listeners that are right. */
  List<ListenerSettings> proxy() {
    List<ListenerSettings> listeners = new ArrayList<>();
    for (Entry entry : Entry.of("proxy.addr", values, findings)) {
      read(entry, values.duration("proxy.readtimeout"), values.duration("proxy.writetimeout"))
          .ifPresent(listeners::add);
    }
    if (values.given("proxy.addr") && values.text("proxy.addr").isBlank()) {
      findings.warn("proxy.addr is empty: the proxy listens nowhere");
    }
    return List.copyOf(listeners);
  }

  /** The one listener of the UI; empty if it is not right. */
  Optional<ListenerSettings> ui() {
    List<Entry> entries = Entry.of("ui.addr", values, findings);
    if (entries.size() != 1) {
      values.refuse("ui.addr", "ui.addr must contain only one listener", "one host:port");
      return Optional.empty();
    }
    Entry entry = entries.get(0);
    Optional<ListenerSettings> listener = read(entry, Duration.ZERO, Duration.ZERO);
    listener.ifPresent(
        ui -> {
          if (ui.proto() != Proto.HTTP && ui.proto() != Proto.HTTPS) {
            entry.refuse("the UI cannot speak " + ui.proto().word(), "http or https");
          }
        });
    return listener;
  }

  private Optional<ListenerSettings> read(
      Entry entry, Duration readTimeout, Duration writeTimeout) {
    Optional<ListenAddress> address = address(entry);
    Optional<CertSource> certSource = certSource(entry);
    Optional<Proto> proto = proto(entry);
    int least = entry.read("tlsmin", 0, TlsWords::version);
    int greatest = entry.read("tlsmax", 0, TlsWords::version);
    if (least != 0 && greatest != 0 && least > greatest) {
      entry.refuse("tlsmin is above tlsmax: no connection could be made", "tlsmin up to tlsmax");
    }
    boolean proxyProtocol = entry.flag("pxyproto");
    Duration headerWait = entry.duration("pxytimeout", Duration.ZERO);
    boolean onDemand = certSource.filter(s -> s.type().equals("vault-pki")).isPresent();
    boolean strict = entry.flag("strictmatch");
    if (onDemand && !strict) {
      findings.warn(
          "vault-pki requires strictmatch; enabling strictmatch for listener "
              + address.map(ListenAddress::text).orElse(""));
    }
    ListenerSettings listener =
        new ListenerSettings(
            address.map(ListenAddress::text).orElse(""),
            address.map(ListenAddress::host).orElse(""),
            address.map(ListenAddress::port).orElse(0),
            proto.orElse(Proto.HTTP),
            certSource,
            entry.duration("rt", readTimeout),
            entry.duration("wt", writeTimeout),
            entry.duration("it", Duration.ZERO),
            strict || onDemand,
            least,
            greatest,
            entry.read("tlsciphers", List.of(), TlsWords::ciphers),
            proxyProtocol,
            proxyProtocol && headerWait.isZero() ? PROXY_HEADER_WAIT : headerWait,
            proxySources(entry, proxyProtocol),
            refresh(entry, proto),
            h2c(entry, proto));
    return entry.refused() ? Optional.empty() : Optional.of(listener);
  }

  private Optional<ListenAddress> address(Entry entry) {
    Optional<String> bare = entry.bare();
    Optional<String> keyed = entry.text("addr");
    if (bare.isPresent() && keyed.isPresent()) {
      entry.refuse("two addresses, " + bare.get() + " and " + keyed.get(), "one host:port");
    }
    String written = bare.or(() -> keyed).orElse("");
    if (written.isEmpty()) {
      entry.refuse("need listening host:port", ListenAddress.FITS);
      return Optional.empty();
    }
    Reading<String> expanded = template.expand(written);
    if (expanded instanceof Reading.Unfit<String> bad) {
      entry.refuse(bad.reason(), bad.fits());
      return Optional.empty();
    }
    return ListenAddress.parse(((Reading.Value<String>) expanded).value())
        .map(Optional::of)
        .orElse(Optional.empty(), bad -> entry.refuse(bad.reason(), bad.fits()));
  }

  private Optional<CertSource> certSource(Entry entry) {
    Optional<String> name = entry.text("cs");
    Optional<CertSource> source = name.map(certSources::get);
    if (name.isPresent() && source.isEmpty()) {
      entry.refuse(
          "unknown certificate source "
              + Quoted.of(name.get())
              + Nearest.question(name.get(), certSources.keySet(), ""),
          "the name (cs) of an entry of proxy.cs");
    }
    return source;
  }

  private Optional<Proto> proto(Entry entry) {
    boolean certificates = entry.text("cs").isPresent();
    Optional<String> word = entry.text("proto");
    if (word.isEmpty()) {
      return Optional.of(certificates ? Proto.HTTPS : Proto.HTTP);
    }
    Optional<Proto> proto = Proto.named(word.get());
    if (proto.isEmpty()) {
      entry.refuse("unknown protocol " + Quoted.of(word.get()), PROTOS);
    } else if (certificates && !proto.get().takesCertificates()) {
      entry.refuse(
          "proto '" + word.get() + "' cannot have a certificate source",
          "cert source requires proto 'https', 'tcp', 'tcp-dynamic', 'https+tcp+sni',"
              + " 'prometheus', or 'grpcs'");
    } else if (!certificates && proto.get().needsCertificates()) {
      entry.refuse("proto '" + word.get() + "' requires cert source", "cs=NAME as well");
    }
    return proto;
  }

  /** Who may send PROXY headers; to name some and then take none would be a mistake. */
  private static List<IpBlock> proxySources(Entry entry, boolean proxyProtocol) {
    List<IpBlock> sources = entry.read("pxyfrom", List.of(), IpBlock::list);
    if (!proxyProtocol && entry.text("pxyfrom").isPresent()) {
      entry.refuse("pxyfrom says whose PROXY headers are read", "pxyproto=true as well");
    }
    return sources;
  }

  private static boolean h2c(Entry entry, Optional<Proto> proto) {
    boolean h2c = entry.flag("h2c");
    if (h2c && proto.isPresent() && proto.get() != Proto.HTTP) {
      entry.refuse("h2c is HTTP/2 without TLS", "proto=http, or no h2c");
    }
    return h2c;
  }

  /** Zero would look at the table without a pause. */
  private static Duration refresh(Entry entry, Optional<Proto> proto) {
    Duration written = entry.duration("refresh", Duration.ZERO);
    if (proto.isEmpty() || proto.get() != Proto.TCP_DYNAMIC) {
      return written;
    }
    if (written.isZero()) {
      return TABLE_LOOK;
    }
    return written.compareTo(TABLE_LOOK_LEAST) < 0 ? TABLE_LOOK_LEAST : written;
  }
}
