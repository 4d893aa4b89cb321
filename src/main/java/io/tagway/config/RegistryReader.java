package io.tagway.config;

import io.tagway.config.Settings.Consul;
import io.tagway.config.Settings.ConsulTls;
import io.tagway.config.Settings.Custom;
import io.tagway.config.Settings.Registration;
import io.tagway.config.Settings.Registry;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Reads {@code registry.*}. What is empty and has a variable of the Consul command line tool is
 * taken from there, so that nobody else reads the environment.
 */
final class RegistryReader {
  private final Values values;
  private final Environment environment;
  private final AddressTemplate template;
  private final Findings findings;

  RegistryReader(
      Values values, Environment environment, AddressTemplate template, Findings findings) {
    this.values = values;
    this.environment = environment;
    this.template = template;
    this.findings = findings;
  }

  /**
   * @param uiAddress what is registered unless something else was given
   * @param uiScheme http or https
   */
  Registry read(String uiAddress, String uiScheme) {
    return new Registry(
        values.text("registry.backend"),
        values.duration("registry.timeout"),
        values.duration("registry.retry"),
        values.text("registry.static.routes"),
        values.text("registry.static.noroutehtml"),
        values.text("registry.file.path"),
        values.text("registry.file.noroutehtmlpath"),
        consul(uiAddress, uiScheme),
        custom());
  }

  private Custom custom() {
    String host = values.text("registry.custom.host");
    if (values.text("registry.backend").equals("custom") && !isServer(host)) {
      values.refuse(
          "registry.custom.host",
          host.isEmpty() ? "the address of the route service is missing" : "is no address",
          "host:port");
    }
    return new Custom(
        host,
        values.text("registry.custom.scheme"),
        values.text("registry.custom.path"),
        values.text("registry.custom.queryparams"),
        values.duration("registry.custom.timeout"),
        values.duration("registry.custom.pollinterval"),
        values.flag("registry.custom.checkTLSSkipVerify"),
        values.text("registry.custom.noroutehtml"));
  }

  private static boolean isServer(String host) {
    try {
      URI server = new URI("http://" + host);
      return server.getHost() != null
          && server.getPort() <= 65535
          && server.getRawAuthority().equals(host);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private Consul consul(String uiAddress, String uiScheme) {
    AgentAddress agent = agent();
    boolean stale = values.flag("registry.consul.allowStale");
    boolean consistent = values.flag("registry.consul.requireConsistent");
    if (stale && consistent) {
      if (values.given("registry.consul.requireConsistent")) {
        values.refuse(
            "registry.consul.allowStale",
            "registry.consul.allowStale and registry.consul.requireConsistent cannot both be true",
            "one of them");
      }
      consistent = false;
    }
    return new Consul(
        agent.scheme(),
        agent.address(),
        orVariable("registry.consul.token", "CONSUL_HTTP_TOKEN"),
        orVariable("registry.consul.namespace", "CONSUL_NAMESPACE"),
        tls(),
        withOneSlash(values.text("registry.consul.kvpath")),
        withOneSlash(values.text("registry.consul.noroutehtmlpath")),
        values.text("registry.consul.tagprefix"),
        values.list("registry.consul.service.status"),
        values.text("registry.consul.checksRequired").equals("all"),
        (int)
            Math.max(
                1, Math.min(Integer.MAX_VALUE, values.number("registry.consul.serviceMonitors"))),
        values.duration("registry.consul.pollinterval"),
        consistent,
        stale,
        registration(uiAddress, uiScheme));
  }

  private AgentAddress agent() {
    if (!environment.plain("CONSUL_PARTITION").isEmpty()) {
      findings.warn("the environment variable CONSUL_PARTITION has no effect here");
    }
    String written = values.text("registry.consul.addr");
    String variable = environment.plain("CONSUL_HTTP_ADDR");
    if (!written.isEmpty()) {
      return AgentAddress.parse(written, findings)
          .orElse(
              AgentAddress.DEFAULT,
              bad -> values.refuse("registry.consul.addr", bad.reason(), bad.fits()));
    }
    return variable.isEmpty()
        ? AgentAddress.DEFAULT
        : AgentAddress.parse(variable, findings)
            .orElse(AgentAddress.DEFAULT, bad -> refuseVariable("CONSUL_HTTP_ADDR", variable, bad));
  }

  private ConsulTls tls() {
    boolean skip = values.flag("registry.consul.tls.insecureskipverify");
    String verify = environment.plain("CONSUL_HTTP_SSL_VERIFY");
    if (!verify.isEmpty()) {
      skip |=
          !OptionType.flag(verify)
              .orElse(true, bad -> refuseVariable("CONSUL_HTTP_SSL_VERIFY", verify, bad));
    }
    return new ConsulTls(
        orVariable("registry.consul.tls.keyfile", "CONSUL_CLIENT_KEY"),
        orVariable("registry.consul.tls.certfile", "CONSUL_CLIENT_CERT"),
        orVariable("registry.consul.tls.cafile", "CONSUL_CACERT"),
        orVariable("registry.consul.tls.capath", "CONSUL_CAPATH"),
        environment.plain("CONSUL_TLS_SERVER_NAME"),
        skip);
  }

  private Registration registration(String uiAddress, String uiScheme) {
    String name = "registry.consul.register.addr";
    boolean enabled = values.flag("registry.consul.register.enabled");
    String address = uiAddress;
    if (values.given(name)) {
      address =
          template
              .expand(values.text(name))
              .orElse(uiAddress, bad -> values.refuse(name, bad.reason(), bad.fits()));
      if (enabled && values.text("registry.backend").equals("consul")) {
        ListenAddress.parse(address)
            .orElse(
                new ListenAddress("", "", 0), bad -> values.refuse(name, bad.reason(), bad.fits()));
      }
    }
    return new Registration(
        enabled,
        address,
        values.text("registry.consul.register.name"),
        values.list("registry.consul.register.tags"),
        uiScheme,
        values.duration("registry.consul.register.checkInterval"),
        values.duration("registry.consul.register.checkTimeout"),
        values.flag("registry.consul.register.checkTLSSkipVerify"));
  }

  private String orVariable(String option, String variable) {
    String written = values.text(option);
    return written.isEmpty() ? environment.plain(variable) : written;
  }

  private void refuseVariable(String variable, String value, Reading.Unfit<?> bad) {
    findings.fault(
        variable
            + ": "
            + bad.reason()
            + " (value "
            + Quoted.of(value)
            + " from the environment); fits: "
            + bad.fits());
  }

  /** Keys are written with one leading slash; Fabio cuts the first character whatever it is. */
  private static String withOneSlash(String path) {
    return "/" + path.replaceFirst("^/+", "");
  }

  /**
   * The Consul agent.
   *
   * @param address host, mostly with a port, in lower case
   */
  private record AgentAddress(String scheme, String address) {
    static final AgentAddress DEFAULT = new AgentAddress("http", "127.0.0.1:8500");
    private static final String FITS = "host:port, http://host:port or https://host:port";

    static Reading<AgentAddress> parse(String text, Findings findings) {
      int end = text.indexOf("://");
      String scheme = end < 0 ? "http" : text.substring(0, end).toLowerCase(Locale.ROOT);
      if (!scheme.equals("http") && !scheme.equals("https")) {
        return Reading.unfit("unknown scheme " + Quoted.of(scheme), FITS);
      }
      String rest = end < 0 ? text : text.substring(end + 3);
      int slash = rest.indexOf('/');
      String address = (slash < 0 ? rest : rest.substring(0, slash)).toLowerCase(Locale.ROOT);
      String path = slash < 0 ? "" : rest.substring(slash + 1);
      Reading<ListenAddress> host =
          ListenAddress.parse(address.matches(".*:[0-9]*") ? address : address + ":0");
      if (address.isEmpty()
          || address.contains("@")
          || !(host instanceof Reading.Value<ListenAddress> good)
          || good.value().host().isEmpty()) {
        return Reading.unfit("cannot be understood", FITS);
      }
      if (!path.isEmpty()) {
        findings.warn("registry.consul.addr: the path /" + path + " is not used");
      }
      return Reading.of(new AgentAddress(scheme, address));
    }
  }
}
