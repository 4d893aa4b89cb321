package io.tagway.admin;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The files of the page, read once from the jar and held in memory. */
final class Assets {
  /** Everything that is served: there is no directory to list, nor a path to climb out of. */
  static final List<String> FILES =
      List.of(
          "address.js",
          "api.js",
          "app.js",
          "colors.css",
          "columns.js",
          "curl.js",
          "details.js",
          "difference.css",
          "difference.js",
          "dom.js",
          "drafts.js",
          "editor.js",
          "filter.js",
          "grid.js",
          "guide.js",
          "health.css",
          "health.js",
          "highlight.js",
          "history.css",
          "history.js",
          "icon.svg",
          "language.js",
          "layout.css",
          "live.js",
          "manual.css",
          "manual.js",
          "model.js",
          "navigation.js",
          "order.js",
          "problems.js",
          "routes.css",
          "routes.js",
          "status.js",
          "theme.css",
          "theme.js",
          "try.css",
          "try.js",
          "tryaddress.js",
          "trysteps.js",
          "trytargets.js",
          "views.js",
          "words.js");

  /** First parts of the paths of the page's views, as in {@code views.js}. */
  /** Views of more than one thing, each with a path of its own. */
  private static final Set<String> DEEP = Set.of("manual", "history");

  private static final Set<String> VIEWS = Set.of("routes", "try", "manual", "history", "status");

  /**
   * No inline script or style, nothing from elsewhere, no frame around it; and since trusted types
   * are required and none may be made, a text can never become markup.
   */
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'self'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  private record File(Buffer bytes, String type, String etag) {}

  private final Map<String, File> files = new HashMap<>();
  private final File shell;

  /**
   * @param base what every path begins with, e.g. {@code /fabio}, or empty
   * @param settings what the page has to know, as JSON
   */
  Assets(String base, String settings) {
    for (String name : FILES) {
      files.put(name, file(name, read("assets/" + name)));
    }
    String html =
        read("index.html")
            .toString(StandardCharsets.UTF_8)
            .replace("{{base}}", escaped(base + "/"))
            .replace("{{settings}}", escaped(settings));
    shell = file("index.html", Buffer.buffer(html));
  }

  /**
   * Whether the page has a view for this path; what stands behind its first part is the view's own.
   *
   * @param path below the base, e.g. {@code /routes}
   */
  static boolean isView(String path) {
    String[] words = path.split("/", 3);
    return VIEWS.contains(words[1]) && (words.length == 2 || DEEP.contains(words[1]));
  }

  /** The page itself; its scripts choose the view by the path. */
  Reply page(HttpServerRequest request) {
    return reply(request, shell)
        .with("Content-Security-Policy", POLICY)
        .with("Cross-Origin-Opener-Policy", "same-origin");
  }

  /** One file under {@code assets/}. */
  Reply file(HttpServerRequest request, String name) {
    File file = files.get(name);
    return file == null ? Reply.error(404, "404 page not found") : reply(request, file);
  }

  private static Reply reply(HttpServerRequest request, File file) {
    Reply reply =
        file.etag.equals(request.getHeader("If-None-Match"))
            ? Reply.empty(304)
            : new Reply(200, Map.of("Content-Type", file.type), file.bytes);
    return reply.with("ETag", file.etag).with("Cache-Control", "no-cache");
  }

  private static File file(String name, Buffer bytes) {
    return new File(bytes, type(name), etag(bytes));
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> throw new IllegalArgumentException("no media type for " + name);
    };
  }

  private static String etag(Buffer bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.getBytes());
      return '"' + HexFormat.of().formatHex(digest, 0, 8) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static Buffer read(String name) {
    try (InputStream in = Assets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing from the jar: " + name);
      }
      return Buffer.buffer(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /** A text as the value of an attribute in double quotes. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("\"", "&quot;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }
}
