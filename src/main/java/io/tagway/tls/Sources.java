package io.tagway.tls;

import io.tagway.config.ListenerSettings.CertSource;
import io.tagway.outbound.Outbound;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Makes a source of each type from its settings. */
final class Sources {
  private static final String VAULT = "https://127.0.0.1:8200";

  private final Vertx vertx;
  private final CertSource settings;
  private final Map<String, String> environment;
  private final Outbound outbound;
  private final Intake intake;

  private Sources(Vertx vertx, CertSource settings, Map<String, String> environment) {
    this.vertx = vertx;
    this.settings = settings;
    this.environment = environment;
    this.outbound = new Outbound(environment);
    this.intake = new Intake(settings.name());
  }

  static CertificateSource of(
      Vertx vertx, CertSource settings, Predicate<String> wanted, Map<String, String> environment) {
    Sources sources = new Sources(vertx, settings, environment);
    return switch (settings.type()) {
      case "file" -> sources.file();
      case "path" -> sources.polled(LocalFiles.directory(vertx));
      case "http" ->
          sources.polled(new HttpFiles(sources.webClient(), sources.outbound, settings.headers()));
      case "consul" -> sources.consul();
      case "vault" -> sources.vault();
      case "vault-pki" -> sources.vaultPki(wanted);
      default -> throw new BadCertificate("unknown cert source type " + settings.type());
    };
  }

  private CertificateSource file() {
    return new FileSource(
        vertx, intake, authorities(LocalFiles.single(vertx)), settings.cert(), settings.key());
  }

  private CertificateSource polled(PemFiles files) {
    return new PolledSource(
        vertx, intake, authorities(files), files, settings.cert(), settings.refresh());
  }

  private CertificateSource consul() {
    PemFiles once =
        place -> {
          ConsulKv store = ConsulKv.at(vertx, place, outbound);
          return store.read().onComplete(done -> store.close());
        };
    ConsulKv store = ConsulKv.at(vertx, settings.cert(), outbound);
    return new ConsulSource(vertx, intake, authorities(once), store);
  }

  private CertificateSource vault() {
    VaultClient client = vaultClient();
    return polled(new VaultFiles(client, vaultToken(client, vertx.getOrCreateContext())));
  }

  private CertificateSource vaultPki(Predicate<String> wanted) {
    Context context = vertx.getOrCreateContext();
    VaultClient client = vaultClient();
    VaultToken token = vaultToken(client, context);
    return new VaultPkiSource(
        vertx,
        context,
        intake,
        authorities(new VaultFiles(client, token)),
        client,
        token,
        settings.cert(),
        settings.refresh(),
        wanted,
        InstantSource.system());
  }

  private Supplier<Future<List<X509Certificate>>> authorities(PemFiles files) {
    return LoadedSource.authorities(files, settings.clientCa());
  }

  private VaultClient vaultClient() {
    WebClientOptions options = webClientOptions();
    VaultTls.configure(options, environment);
    VaultTls.withoutEffect(environment)
        .forEach(
            name ->
                intake.log(
                    Level.WARNING, "the environment variable " + name + " has no effect here"));
    URI address = VaultClient.address(environment.getOrDefault("VAULT_ADDR", VAULT));
    outbound.proxy(address).ifPresent(options::setProxyOptions);
    return new VaultClient(
        WebClient.create(vertx, options), address, environment.getOrDefault("VAULT_NAMESPACE", ""));
  }

  private VaultToken vaultToken(VaultClient client, Context context) {
    return new VaultToken(vertx, context, client, intake, settings.vaultFetchToken(), environment);
  }

  private WebClient webClient() {
    return WebClient.create(vertx, webClientOptions());
  }

  private WebClientOptions webClientOptions() {
    WebClientOptions options =
        new WebClientOptions()
            .setConnectTimeout((int) Duration.ofSeconds(10).toMillis())
            .setUserAgent("tagway");
    outbound.trust().ifPresent(options::setTrustOptions);
    return options;
  }
}
