package io.tagway.proxy.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.tagway.config.Settings;
import io.tagway.route.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Makes the headers for a target from those of a client. First everything that concerns the
 * client's connection goes, then the router's own headers are set: no client can have one of them
 * removed.
 */
final class RequestHeaders {
  private final AsciiString clientIpHeader;
  private final AsciiString tlsHeader;
  private final AsciiString tlsValue;
  private final AsciiString requestIdHeader;
  private final Supplier<? extends CharSequence> requestId;
  private final AsciiString[] owned;

  RequestHeaders(Settings.Http settings, Supplier<? extends CharSequence> requestId) {
    this.clientIpHeader = AsciiString.of(ownClientIpHeader(settings.clientIpHeader()));
    this.tlsHeader = AsciiString.of(settings.tlsHeader());
    this.tlsValue = AsciiString.of(settings.tlsHeaderValue());
    this.requestIdHeader = AsciiString.of(settings.requestIdHeader());
    this.requestId = requestId;
    List<AsciiString> names = new ArrayList<>(List.of(clientIpHeader, tlsHeader, requestIdHeader));
    names.removeIf(AsciiString::isEmpty);
    this.owned = names.toArray(AsciiString[]::new);
  }

  /** Two names have rules of their own, which the option does not change. */
  private static String ownClientIpHeader(String name) {
    HeaderName known = HeaderName.of(name);
    return known == HeaderName.FORWARDED_FOR || known == HeaderName.REAL_IP ? "" : name;
  }

  /**
   * The headers to send to a target.
   *
   * @param host the Host that was asked for; empty if there was none
   * @param upstreamHost the Host to ask the target for
   * @param offered protocols that the client would rather speak; empty if none
   */
  HttpHeaders toTarget(
      RequestHead asked,
      Peer client,
      String host,
      Target target,
      String upstreamHost,
      String offered) {
    HttpHeaders headers = rewrite(asked, client, host, upstreamHost, target.strip());
    Upgrade.offer(offered, headers);
    return headers;
  }

  /**
   * The headers to send, but for an offer to upgrade.
   *
   * @param asked the request of the client
   * @param host the Host that was asked for; empty if there was none
   * @param upstreamHost the Host to ask the target for
   * @param strip the prefix the route takes off paths; empty if none
   */
  HttpHeaders rewrite(
      RequestHead asked, Peer client, String host, String upstreamHost, String strip) {
    HttpHeaders out = HeaderLines.unchecked();
    out.add(HeaderName.HOST.text(), upstreamHost);
    boolean strips = !strip.isEmpty();
    RequestHeaderPass pass = new RequestHeaderPass(out, owned, strips);
    pass.copy(asked);
    pass.addForwarding(client, asked.protocol(), host);
    if (strips) {
      out.add(HeaderName.FORWARDED_PREFIX.text(), strip);
    }
    if (!clientIpHeader.isEmpty()) {
      out.add(clientIpHeader, client.ip());
    }
    if (!tlsHeader.isEmpty() && client.tls()) {
      out.add(tlsHeader, tlsValue);
    }
    if (!requestIdHeader.isEmpty()) {
      out.add(requestIdHeader, requestId.get());
    }
    if (!pass.framed() && sendsLengthZero(asked.method())) {
      out.add(HeaderName.CONTENT_LENGTH.text(), "0");
    }
    return out;
  }

  /** The trailers to send: none that would mean something as a header of ours or of the message. */
  HttpHeaders trailers(HttpHeaders sent) {
    if (sent.isEmpty()) {
      return sent;
    }
    HttpHeaders out = HeaderLines.unchecked();
    sent.forEach(
        line -> {
          String name = line.getKey();
          if (!HeaderName.of(name).isProtected() && !ConnectionTokens.isOwned(name, owned)) {
            out.add(name, line.getValue());
          }
        });
    return out;
  }

  private static boolean sendsLengthZero(String method) {
    return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
  }
}
