package io.tagway.tls;

import io.tagway.tls.VaultClient.Reply;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Secrets of a KV store of Vault, version 1 or 2: each has the fields {@code cert} and {@code key}.
 * Here they appear as a pair of files.
 */
final class VaultFiles implements PemFiles {
  private final VaultClient client;
  private final VaultToken token;

  VaultFiles(VaultClient client, VaultToken token) {
    this.client = client;
    this.token = token;
  }

  /** How the parts of a path become a URL. Version 2 has a word between mount and rest. */
  private record Store(String mount, String rest, boolean versioned) {
    String list() {
      return versioned ? mount + "metadata/" + rest : mount + rest;
    }

    String read(String name) {
      String folder = rest.isEmpty() || rest.endsWith("/") ? rest : rest + "/";
      return (versioned ? mount + "data/" + folder : mount + folder) + encoded(name);
    }
  }

  @Override
  public Future<List<PemFile>> read(String place) {
    String path = place.replaceAll("^/+|/+$", "");
    return token
        .current()
        .compose(
            secret ->
                store(path, secret)
                    .compose(
                        store ->
                            names(store, secret).compose(names -> entries(store, secret, names))));
  }

  /**
   * Which mount the path is under, and its version. {@code vault kv} asks the same question; if it
   * is not answered, the store is of version 1, as there.
   */
  private Future<Store> store(String path, String secret) {
    return client
        .ask(HttpMethod.GET, "sys/internal/ui/mounts/" + encodedPath(path), secret, null)
        .map(
            reply -> {
              JsonObject data = reply.part("data");
              String mount = data.getString("path", "");
              boolean versioned =
                  data.getValue("options") instanceof JsonObject options
                      && "2".equals(options.getString("version"));
              if (reply.status() != 200 || mount.isEmpty() || !(path + "/").startsWith(mount)) {
                return new Store("", encodedPath(path), false);
              }
              String rest = path.length() > mount.length() ? path.substring(mount.length()) : "";
              return new Store(encodedPath(mount), encodedPath(rest), versioned);
            });
  }

  /** An empty folder is answered with 404 (api-docs, list secrets). */
  private Future<List<String>> names(Store store, String secret) {
    return client
        .ask(VaultClient.LIST, store.list(), secret, null)
        .compose(
            reply -> {
              if (reply.status() == 404) {
                return Future.succeededFuture(List.of());
              }
              if (reply.status() != 200) {
                return Future.failedFuture(
                    VaultClient.refusal(VaultClient.LIST, store.list(), reply));
              }
              JsonArray keys = reply.part("data").getJsonArray("keys", new JsonArray());
              return Future.succeededFuture(
                  keys.stream().map(String::valueOf).filter(key -> !key.endsWith("/")).toList());
            });
  }

  private Future<List<PemFile>> entries(Store store, String secret, List<String> names) {
    List<Future<List<PemFile>>> entries = new ArrayList<>();
    for (String name : names) {
      entries.add(
          client
              .call(HttpMethod.GET, store.read(name), secret, null)
              .map(reply -> pair(name, store.versioned(), reply))
              .otherwise(
                  cause ->
                      List.of(
                          PemFile.unreadable(name + "-cert.pem", BadCertificate.reason(cause)))));
    }
    return Future.all(entries)
        .map(all -> all.<List<PemFile>>list().stream().flatMap(List::stream).toList());
  }

  private static List<PemFile> pair(String name, boolean versioned, Reply reply) {
    JsonObject outer = reply.part("data");
    JsonObject fields =
        !versioned
            ? outer
            : outer.getValue("data") instanceof JsonObject inner ? inner : new JsonObject();
    return Stream.of("cert", "key")
        .filter(fields::containsKey)
        .map(
            field ->
                PemFile.of(name + "-" + field + ".pem", String.valueOf(fields.getValue(field))))
        .toList();
  }

  private static String encodedPath(String path) {
    return Stream.of(path.split("/", -1)).map(VaultFiles::encoded).collect(Collectors.joining("/"));
  }

  private static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public Future<Void> close() {
    token.close();
    client.close();
    return Future.succeededFuture();
  }
}
