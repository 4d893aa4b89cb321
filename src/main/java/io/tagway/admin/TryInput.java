package io.tagway.admin;

import io.netty.util.NetUtil;
import io.tagway.proxy.Rehearsal.Ask;
import io.tagway.proxy.Rehearsal.HeaderLine;
import io.vertx.core.MultiMap;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of {@code /api/try} into a request as a client would send it. What cannot be
 * one is a {@link Refusal} that begins with the name of the parameter.
 *
 * <pre>
 * method   GET unless given; a token
 * url      [http:// or https://] HOST [:PORT] [/PATH] [?QUERY]
 * client   an IP address
 * header   NAME: VALUE, any number of times
 * </pre>
 */
final class TryInput {
  private static final int MOST_URL_CHARS = 8 << 10;
  private static final int MOST_HEADERS = 100;
  private static final int MOST_HEADER_CHARS = 32 << 10;
  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  private final boolean tls;
  private final String authority;
  private final String target;

  private TryInput(boolean tls, String authority, String target) {
    this.tls = tls;
    this.authority = authority;
    this.target = target;
  }

  /**
   * @param caller the address that counts if none is given
   */
  static Ask read(MultiMap params, InetAddress caller) {
    String method = given(params, "method", "GET");
    if (!isToken(method)) {
      throw new Refusal("method: \"" + method + "\" is no method; GET or POST would be");
    }
    TryInput url = url(given(params, "url", ""));
    String client = given(params, "client", "");
    InetAddress address =
        client.isEmpty() ? caller : NetUtil.createInetAddressFromIpAddressString(client);
    if (address == null) {
      throw new Refusal(
          "client: \"" + client + "\" is no IP address; 192.0.2.7 or 2001:db8::7 would be");
    }
    return new Ask(
        method,
        url.tls,
        // A tunnel is asked for by host and port alone (RFC 9112, section 3.2.3).
        method.equals("CONNECT") ? url.authority : url.target,
        address,
        headers(params.getAll("header"), url.authority));
  }

  private static String given(MultiMap params, String name, String otherwise) {
    String text = params.get(name);
    return text == null || text.isBlank() ? otherwise : text.strip();
  }

  private static TryInput url(String text) {
    if (text.isEmpty()) {
      throw new Refusal("url: missing; http://shop.example.com/cart?x=1 would fit");
    }
    if (text.length() > MOST_URL_CHARS) {
      throw new Refusal("url: longer than " + MOST_URL_CHARS + " characters");
    }
    int colon = text.indexOf("://");
    String scheme = colon < 0 ? "http" : text.substring(0, colon).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new Refusal("url: \"" + scheme + "\" is no scheme of a listener; http and https are");
    }
    boolean tls = scheme.equals("https");
    String rest = colon < 0 ? text : text.substring(colon + 3);
    int fragment = rest.indexOf('#');
    rest = fragment < 0 ? rest : rest.substring(0, fragment);
    int end = 0;
    while (end < rest.length() && rest.charAt(end) != '/' && rest.charAt(end) != '?') {
      end++;
    }
    String path = rest.substring(end);
    return new TryInput(
        tls,
        authority(rest.substring(0, end), tls),
        escaped(path.startsWith("/") ? path : "/" + path));
  }

  /** As a client sends it: without the port that goes without saying. */
  private static String authority(String text, boolean tls) {
    if (text.isEmpty() || text.startsWith(":")) {
      throw new Refusal("url: there is no host; http://shop.example.com/cart would have one");
    }
    if (text.indexOf('@') >= 0) {
      throw new Refusal("url: no user or password, please: a header Authorization is what is sent");
    }
    if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new Refusal(
          "url: \"" + text + "\" is no host in ASCII; xn--bcher-kva.example would be");
    }
    String port = tls ? ":443" : ":80";
    return text.endsWith(port) ? text.substring(0, text.length() - port.length()) : text;
  }

  /** Blanks and what is not ASCII are escaped, as browsers do it; all else is sent as it stands. */
  private static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xff;
      if (c < ' ' || c == 0x7f) {
        throw new Refusal("url: has a control character; in a URL it would be %%%02X".formatted(c));
      }
      if (c > 0x7f || c == ' ') {
        out.append('%').append(String.format(Locale.ROOT, "%02X", c));
      } else {
        out.append((char) c);
      }
    }
    return out.toString();
  }

  private static List<HeaderLine> headers(List<String> given, String authority) {
    List<HeaderLine> lines = new ArrayList<>();
    int chars = 0;
    for (String text : given) {
      if (!text.isBlank()) {
        chars += text.length();
        lines.add(header(text));
      }
    }
    if (lines.size() > MOST_HEADERS || chars > MOST_HEADER_CHARS) {
      throw new Refusal(
          "header: more than %d lines or %d characters".formatted(MOST_HEADERS, MOST_HEADER_CHARS));
    }
    if (has(lines, "Content-Length") && has(lines, "Transfer-Encoding")) {
      throw new Refusal(
          "header: Content-Length beside Transfer-Encoding; a real request would get 400");
    }
    if (!has(lines, "Host")) {
      lines.add(0, new HeaderLine("Host", authority));
    }
    return List.copyOf(lines);
  }

  private static boolean has(List<HeaderLine> lines, String name) {
    return lines.stream().anyMatch(line -> line.name().equalsIgnoreCase(name));
  }

  private static HeaderLine header(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? "" : text.substring(0, colon).strip();
    String value = text.substring(colon + 1).strip();
    if (!isToken(name)) {
      throw new Refusal(
          "header: \"" + text.strip() + "\" is no header; Accept: text/html would be");
    }
    if (!value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7f))) {
      throw new Refusal("header: the value of " + name + " is not plain ASCII");
    }
    if (name.equalsIgnoreCase("Content-Length") && !value.matches("[0-9]{1,18}")) {
      throw new Refusal("header: Content-Length is a number; a real request would get 400");
    }
    return new HeaderLine(name, value);
  }

  private static boolean isToken(@Nullable String text) {
    return text != null
        && !text.isEmpty()
        && text.chars()
            .allMatch(
                c ->
                    (c >= '0' && c <= '9')
                        || (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || TOKEN_MARKS.indexOf(c) >= 0);
  }
}
