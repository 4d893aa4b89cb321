package io.tagway.tls;

import io.tagway.outbound.Cause;
import io.tagway.outbound.Outbound;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ProxyOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A text file on a web server that lists the names of others, one a line. Names are resolved
 * against the address of the list (RFC 3986, 5); its query goes along with names that have none.
 * Query, user and configured headers are for the server of the list only.
 */
final class HttpFiles implements PemFiles {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final WebClient client;
  private final Outbound outbound;
  private final Map<String, String> headers;

  HttpFiles(WebClient client, Outbound outbound, Map<String, String> headers) {
    this.client = client;
    this.outbound = outbound;
    this.headers = headers;
  }

  @Override
  public Future<List<PemFile>> read(String place) {
    URI list = uri(place);
    return text(list, list)
        .compose(
            names -> {
              List<Future<PemFile>> files = new ArrayList<>();
              for (String line : names.split("\n", -1)) {
                String name = line.strip();
                if (!name.isEmpty()) {
                  files.add(file(list, name));
                }
              }
              return Future.all(files).map(all -> all.<PemFile>list());
            });
  }

  private Future<PemFile> file(URI list, String name) {
    String shownName = name.replaceFirst("[?#].*", "");
    URI address;
    try {
      address = resolve(list, name);
    } catch (BadCertificate e) {
      return Future.succeededFuture(PemFile.unreadable(shownName, BadCertificate.reason(e)));
    }
    return text(list, address)
        .map(text -> PemFile.of(shownName, text))
        .otherwise(cause -> PemFile.unreadable(shownName, BadCertificate.reason(cause)));
  }

  private Future<String> text(URI list, URI address) {
    HttpRequest<Buffer> request;
    Optional<ProxyOptions> proxy;
    try {
      proxy = outbound.proxy(address);
    } catch (IllegalArgumentException e) {
      return Future.failedFuture(new BadCertificate(BadCertificate.reason(e)));
    }
    try {
      request = client.getAbs(withoutUser(address).toString()).timeout(PATIENCE.toMillis());
      proxy.ifPresent(request::proxy);
    } catch (RuntimeException e) {
      return Future.failedFuture(new BadCertificate(shown(address) + " is no http address"));
    }
    // A redirect to another server would take headers along.
    request.followRedirects(headers.isEmpty() && list.getRawUserInfo() == null);
    if (sameServer(list, address)) {
      headers.forEach(request::putHeader);
      String user = list.getUserInfo();
      if (user != null) {
        int colon = user.indexOf(':');
        request.basicAuthentication(
            colon < 0 ? user : user.substring(0, colon),
            colon < 0 ? "" : user.substring(colon + 1));
      }
    }
    return request
        .send()
        .recover(
            cause ->
                Future.failedFuture(
                    new BadCertificate("GET " + shown(address) + ": " + Cause.text(cause))))
        .map(response -> body(address, response));
  }

  private static String body(URI address, HttpResponse<Buffer> response) {
    if (response.statusCode() != 200) {
      throw new BadCertificate(
          "GET " + shown(address) + ": the answer has status " + response.statusCode());
    }
    @Nullable Buffer body = response.body();
    if (body == null) {
      return "";
    }
    if (body.length() > PemFile.MAX_BYTES) {
      throw new BadCertificate("GET " + shown(address) + ": the answer is larger than 1 MiB");
    }
    return body.toString(StandardCharsets.ISO_8859_1);
  }

  /** Where a listed name leads. */
  static URI resolve(URI list, String name) {
    URI address = list.resolve(uri(name));
    return address.getRawQuery() == null && list.getRawQuery() != null && sameServer(list, address)
        ? URI.create(address + "?" + list.getRawQuery())
        : address;
  }

  private static boolean sameServer(URI list, URI address) {
    return Objects.equals(list.getScheme(), address.getScheme())
        && Objects.equals(list.getHost(), address.getHost())
        && list.getPort() == address.getPort();
  }

  /** What the log may show: queries and users hold secrets. */
  private static String shown(URI address) {
    return address.getScheme() + "://" + hostPort(address) + address.getRawPath();
  }

  private static URI withoutUser(URI address) {
    return address.getRawUserInfo() == null
        ? address
        : URI.create(
            shown(address) + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery()));
  }

  private static String hostPort(URI address) {
    return address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort());
  }

  /** A name with blanks is none of RFC 3986, but of many file systems. */
  private static URI uri(String text) {
    try {
      return new URI(text.replace(" ", "%20"));
    } catch (URISyntaxException e) {
      throw new BadCertificate("this is no address: " + e.getReason());
    }
  }

  @Override
  public Future<Void> close() {
    client.close();
    return Future.succeededFuture();
  }
}
