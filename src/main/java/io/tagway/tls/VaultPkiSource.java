package io.tagway.tls;

import io.tagway.tls.VaultClient.Reply;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.System.Logger.Level;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Has Vault issue a certificate for each name that clients ask for (api-docs, PKI, generate
 * certificate and key). Issued ones are kept, renewed before they end, and forgotten when nobody
 * asked for them since they were issued. A name that failed is not tried again at once.
 */
final class VaultPkiSource extends LoadedSource {
  private static final int MOST_NAMES = 1000;
  private static final Duration SHORTEST_LEAD = Duration.ofHours(1);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

  /** RFC 1123 names, with the underscore that some use. */
  private static final Pattern HOST_NAME =
      Pattern.compile(
          "(?=.{1,253}$)(LABEL\\.)*LABEL"
              .replace("LABEL", "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"));

  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+");

  private static final class Issued {
    final ServerCertificate certificate;
    final Instant since;
    volatile Instant asked;
    long timer = -1;

    Issued(ServerCertificate certificate, Instant since) {
      this.certificate = certificate;
      this.since = since;
      this.asked = since;
    }
  }

  private record Failed(Instant retryAt, Duration pause) {}

  private final Vertx vertx;
  private final Context context;
  private final VaultClient client;
  private final VaultToken token;
  private final String path;
  private final Duration lead;
  private final Predicate<String> wanted;
  private final InstantSource clock;

  /** By name; written on the context, read by every event loop. */
  private final Map<String, Issued> issued = new ConcurrentHashMap<>();

  private final Map<String, Future<Void>> running = new HashMap<>();
  private final Map<String, Failed> failures = new HashMap<>();
  private boolean full;
  private boolean closed;

  /**
   * @param path e.g. {@code pki/issue/ROLE}
   * @param lead how long before the end a certificate is renewed; less than an hour counts as one
   */
  VaultPkiSource(
      Vertx vertx,
      Context context,
      Intake intake,
      Supplier<Future<List<X509Certificate>>> authorities,
      VaultClient client,
      VaultToken token,
      String path,
      Duration lead,
      Predicate<String> wanted,
      InstantSource clock) {
    super(intake, authorities);
    this.vertx = vertx;
    this.context = context;
    this.client = client;
    this.token = token;
    this.path = path.replaceAll("^/+|/+$", "");
    this.lead = lead.compareTo(SHORTEST_LEAD) < 0 ? SHORTEST_LEAD : lead;
    this.wanted = wanted;
    this.clock = clock;
  }

  @Override
  Future<Void> begin() {
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> prepare(String serverName) {
    String name = Certificates.canonical(serverName);
    Issued known = issued.get(name);
    Instant now = clock.instant();
    if (known != null) {
      known.asked = now;
      if (known.certificate.end().isAfter(now)) {
        return Future.succeededFuture();
      }
    }
    if (!isHostName(name) || !wanted.test(name)) {
      return Future.succeededFuture();
    }
    Promise<Void> promise = Promise.promise();
    context.runOnContext(on -> demand(name).onComplete(done -> promise.complete()));
    return promise.future();
  }

  static boolean isHostName(String name) {
    return HOST_NAME.matcher(name).matches() && !ADDRESS.matcher(name).matches();
  }

  private Future<Void> demand(String name) {
    Future<Void> already = running.get(name);
    if (already != null) {
      return already;
    }
    Instant now = clock.instant();
    Failed failed = failures.get(name);
    Issued known = issued.get(name);
    boolean fresh = known != null && known.certificate.end().isAfter(now);
    if (closed || fresh || (failed != null && failed.retryAt.isAfter(now)) || !roomFor(name)) {
      return Future.succeededFuture();
    }
    return issue(name);
  }

  /** Makes room by forgetting the name that was not asked for for longest, if that is an hour. */
  private boolean roomFor(String name) {
    Instant now = clock.instant();
    if (failures.size() >= MOST_NAMES) {
      failures.values().removeIf(failed -> failed.retryAt.isBefore(now));
    }
    if (issued.containsKey(name) || issued.size() + running.size() + failures.size() < MOST_NAMES) {
      return true;
    }
    Optional<Map.Entry<String, Issued>> oldest =
        issued.entrySet().stream().min(Comparator.comparing(entry -> entry.getValue().asked));
    boolean idle =
        oldest.isPresent() && oldest.get().getValue().asked.isBefore(now.minus(SHORTEST_LEAD));
    if (idle) {
      forget(oldest.get().getKey());
    } else if (!full) {
      full = true;
      intake.log(Level.WARNING, "has " + MOST_NAMES + " names, more are not issued");
    }
    return idle;
  }

  private Future<Void> issue(String name) {
    Future<Void> work =
        token
            .current()
            .compose(
                secret ->
                    client.call(
                        HttpMethod.POST, path, secret, new JsonObject().put("common_name", name)))
            .compose(reply -> context.executeBlocking(() -> read(name, reply), false))
            .compose(
                certificate -> {
                  keep(name, certificate);
                  return Future.<Void>succeededFuture();
                })
            .recover(
                cause -> {
                  failed(name, cause);
                  return Future.succeededFuture();
                });
    running.put(name, work);
    return work.onComplete(done -> running.remove(name));
  }

  private ServerCertificate read(String name, Reply reply) {
    JsonObject data = reply.part("data");
    StringBuilder chain = new StringBuilder(data.getString("certificate", ""));
    if (data.getValue("ca_chain") instanceof JsonArray authorities) {
      authorities.forEach(one -> chain.append('\n').append(one));
    }
    ServerCertificate read =
        ServerCertificate.of(name, chain.toString(), data.getString("private_key", ""));
    if (Certificates.of(List.of(read)).choose(name, true).isEmpty()) {
      throw new BadCertificate("Vault issued a certificate for other names: " + read.names());
    }
    if (!read.end().isAfter(clock.instant())) {
      throw new BadCertificate("Vault issued a certificate that is over");
    }
    return read;
  }

  private void keep(String name, ServerCertificate certificate) {
    if (closed) {
      return;
    }
    failures.remove(name);
    forget(name);
    Instant now = clock.instant();
    Issued fresh = new Issued(certificate, now);
    issued.put(name, fresh);
    renewLater(name, fresh, renewalPause(now, certificate.end(), lead));
    publish();
  }

  /**
   * The configured time before the end, or after two thirds of what is left if it lives too short
   * for that.
   */
  static Duration renewalPause(Instant now, Instant end, Duration lead) {
    Duration left = Duration.between(now, end);
    Duration latest = left.minus(lead);
    Duration twoThirds = left.multipliedBy(2).dividedBy(3);
    return latest.compareTo(left.dividedBy(3)) > 0 ? latest : twoThirds;
  }

  private void renewLater(String name, Issued known, Duration pause) {
    vertx.cancelTimer(known.timer);
    known.timer = vertx.setTimer(Math.max(1000, pause.toMillis()), fired -> renew(name));
  }

  private void renew(String name) {
    Issued known = issued.get(name);
    if (closed || known == null || running.containsKey(name)) {
      return;
    }
    if (!known.asked.isAfter(known.since) || !wanted.test(name)) {
      forget(name);
      publish();
    } else {
      issue(name);
    }
  }

  private void failed(String name, Throwable cause) {
    Failed before = failures.get(name);
    Duration pause = before == null ? FIRST_RETRY : before.pause.multipliedBy(2);
    if (pause.compareTo(LONGEST_RETRY) > 0) {
      pause = LONGEST_RETRY;
    }
    failures.put(name, new Failed(clock.instant().plus(pause), pause));
    intake.log(Level.WARNING, "no certificate for " + name + ": " + BadCertificate.reason(cause));
    Issued known = issued.get(name);
    if (known != null && !closed) {
      renewLater(name, known, pause);
    }
  }

  private void forget(String name) {
    Issued known = issued.remove(name);
    if (known != null) {
      vertx.cancelTimer(known.timer);
    }
  }

  private void publish() {
    full = false;
    intake.publish(
        Certificates.of(
            issued.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getValue().certificate)
                .toList()));
  }

  @Override
  public Future<Void> close() {
    Promise<Void> promise = Promise.promise();
    context.runOnContext(
        on -> {
          closed = true;
          issued.values().forEach(one -> vertx.cancelTimer(one.timer));
          token.close();
          client.close();
          promise.complete();
        });
    return promise.future();
  }
}
