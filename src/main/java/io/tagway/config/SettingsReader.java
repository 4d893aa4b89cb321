package io.tagway.config;

import io.tagway.config.ListenerSettings.CertSource;
import io.tagway.config.Settings.AuthScheme;
import io.tagway.config.Settings.Grpc;
import io.tagway.config.Settings.Http;
import io.tagway.config.Settings.Lifecycle;
import io.tagway.config.Settings.Log;
import io.tagway.config.Settings.Routing;
import io.tagway.config.Settings.SourceLink;
import io.tagway.config.Settings.Sts;
import io.tagway.config.Settings.Ui;
import io.tagway.route.PathMatcher;
import io.tagway.route.Strategy;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Turns values into settings, checking what concerns more than one option. */
final class SettingsReader {
  private final Values values;
  private final Machine machine;
  private final Findings findings;
  private final AddressTemplate template;
  private final RegistryReader registry;

  SettingsReader(Values values, Environment environment, Machine machine, Findings findings) {
    this.values = values;
    this.machine = machine;
    this.findings = findings;
    this.template = new AddressTemplate(machine.addresses());
    this.registry = new RegistryReader(values, environment, template, findings);
  }

  /** Empty if something is wrong, which the findings then tell. */
  Optional<Settings> read() {
    Map<String, CertSource> certSources = CertSources.read(values, findings);
    Map<String, AuthScheme> authSchemes = AuthSchemes.read(values, findings);
    Listeners listeners = new Listeners(values, certSources, template, findings);
    Optional<ListenerSettings> ui = listeners.ui();
    Optional<AuthScheme> login = UiLogin.read(values, authSchemes, findings);
    if (login.isPresent()) {
      ui.ifPresent(listener -> UiLogin.warnOfPlainText(listener, findings));
    }
    List<ListenerSettings> proxies = listeners.proxy();
    refuseSameAddress(proxies, ui);
    Http http = http();
    Settings.Registry routesFrom =
        registry.read(
            ui.map(ListenerSettings::address).orElse(""),
            ui.flatMap(ListenerSettings::certSource).isPresent() ? "https" : "http");
    Log log = log();
    Settings.Metrics metrics = new MetricsReader(values).read();
    Settings.Bgp bgp = new BgpReader(values).read(findings);
    return ui.filter(listener -> !findings.fatal())
        .map(
            listener ->
                new Settings(
                    lifecycle(),
                    proxies,
                    http,
                    routing(),
                    authSchemes,
                    log,
                    metrics,
                    routesFrom,
                    ui(listener, login),
                    bgp));
  }

  /** The second of two listeners could not be opened. */
  private void refuseSameAddress(List<ListenerSettings> proxies, Optional<ListenerSettings> ui) {
    Map<String, String> taken = new TreeMap<>();
    ui.ifPresent(listener -> taken.put(listener.host() + " " + listener.port(), "ui.addr"));
    for (ListenerSettings listener : proxies) {
      boolean bound = listener.port() != 0 && listener.proto() != Proto.TCP_DYNAMIC;
      String place = listener.host() + " " + listener.port();
      String other = bound ? taken.put(place, "another listener") : null;
      if (other != null) {
        values.refuse(
            "proxy.addr",
            "the address " + listener.address() + " is taken by " + other,
            "an address for each listener");
      }
    }
  }

  private Lifecycle lifecycle() {
    long processors = values.number("runtime.gomaxprocs");
    return new Lifecycle(
        values.flag("insecure"),
        values.text("profile.mode"),
        values.given("profile.path") ? values.text("profile.path") : machine.temporary(),
        values.number("runtime.gogc"),
        processors == -1 ? machine.processors() : processors,
        values.duration("proxy.shutdownwait"),
        values.duration("proxy.deregistergraceperiod"),
        values.flag("proxy.reuseport"));
  }

  private Http http() {
    String pattern = values.text("proxy.gzip.contenttype");
    return new Http(
        values.integer("proxy.noroutestatus"),
        values.integer("proxy.maxconn"),
        values.duration("proxy.dialtimeout"),
        values.duration("proxy.responseheadertimeout"),
        values.duration("proxy.keepalivetimeout"),
        values.duration("proxy.idleconntimeout"),
        values.duration("proxy.flushinterval"),
        values.duration("proxy.globalflushinterval"),
        localIp(),
        pattern.isEmpty() ? Optional.empty() : Optional.of(Pattern.compile(pattern)),
        values.text("proxy.header.clientip"),
        values.text("proxy.header.tls"),
        values.text("proxy.header.tls.value"),
        values.text("proxy.header.requestid"),
        new Sts(
            values.integer("proxy.header.sts.maxage"),
            values.flag("proxy.header.sts.subdomains"),
            values.flag("proxy.header.sts.preload")),
        new Grpc(
            values.integer("proxy.grpcmaxrxmsgsize"),
            values.integer("proxy.grpcmaxtxmsgsize"),
            values.duration("proxy.grpcshutdowntimeout")));
  }

  private String localIp() {
    return values.given("proxy.localip")
        ? template
            .expand(values.text("proxy.localip"))
            .orElse(
                "",
                bad ->
                    values.refuse(
                        "proxy.localip", "failed to parse local ip: " + bad.reason(), bad.fits()))
        : machine.addresses().get().firstGlobal();
  }

  private Routing routing() {
    return new Routing(
        Strategy.named(values.text("proxy.strategy")).orElseThrow(),
        PathMatcher.named(values.text("proxy.matcher")).orElseThrow(),
        !values.flag("glob.matching.disabled"),
        values.integer("glob.cache.size"));
  }

  private Log log() {
    String target = values.text("log.access.target");
    String format = values.text("log.access.format");
    if (!target.isEmpty()) {
      AccessLogFormat.complaint(format)
          .ifPresent(
              complaint -> values.refuse("log.access.format", complaint, AccessLogFormat.FITS));
    }
    return new Log(
        format, target, routesFormat(), values.text("log.level").toUpperCase(Locale.ROOT));
  }

  private String routesFormat() {
    String old = values.text("proxy.log.routes");
    if (values.given("proxy.log.routes")) {
      findings.warn("proxy.log.routes is deprecated: use log.routes.format");
    }
    return old.isEmpty() || values.given("log.routes.format")
        ? values.text("log.routes.format")
        : old;
  }

  private Ui ui(ListenerSettings listener, Optional<AuthScheme> login) {
    return new Ui(
        listener,
        values.text("ui.access").equals("ro"),
        login,
        values.list("ui.hosts").stream().map(host -> host.toLowerCase(Locale.ROOT)).toList(),
        values.text("ui.color"),
        values.text("ui.title"),
        values.text("ui.path"),
        new SourceLink(
            values.flag("ui.routingtable.source.linkenabled"),
            values.flag("ui.routingtable.source.newtab"),
            values.text("ui.routingtable.source.scheme"),
            values.text("ui.routingtable.source.host"),
            values.text("ui.routingtable.source.port")));
  }
}
