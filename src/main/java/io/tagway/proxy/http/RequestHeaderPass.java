package io.tagway.proxy.http;

import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.tagway.proxy.ForwardedText;
import io.vertx.core.MultiMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One walk over the headers of one request, and what was seen on the way. */
final class RequestHeaderPass {
  private final HttpHeaders out;
  private final AsciiString[] owned;
  private final boolean setsPrefix;

  private @Nullable CharSequence forwarded;
  private @Nullable CharSequence forwardedFor;
  private @Nullable CharSequence forwardedProto;
  private @Nullable CharSequence trailerNames;
  private @Nullable CharSequence forwardedHost;
  private @Nullable CharSequence forwardedPort;
  private @Nullable CharSequence realIp;
  private boolean hasLength;
  private boolean chunked;
  private boolean webSocket;
  private boolean teTrailers;

  RequestHeaderPass(HttpHeaders out, AsciiString[] owned, boolean setsPrefix) {
    this.out = out;
    this.owned = owned;
    this.setsPrefix = setsPrefix;
  }

  void copy(RequestHead asked) {
    MultiMap sent = asked.headers();
    // In HTTP/2 a body needs no header.
    chunked = asked.framing().chunked();
    List<String> dropped = List.of();
    if (sent.contains(HeaderName.CONNECTION.text())) {
      dropped = ConnectionTokens.removable(sent.getAll(HeaderName.CONNECTION.text()), owned);
    }
    Iterator<Map.Entry<CharSequence, CharSequence>> lines = HeaderLines.of(sent);
    while (lines.hasNext()) {
      Map.Entry<CharSequence, CharSequence> line = lines.next();
      CharSequence name = line.getKey();
      if (owned.length > 0 && ConnectionTokens.isOwned(name, owned)) {
        continue;
      }
      if (keeps(HeaderName.of(name), name, line.getValue(), dropped)) {
        out.add(name, line.getValue());
      }
    }
    if (teTrailers) {
      out.add(HeaderName.TE.text(), HttpHeaderValues.TRAILERS);
    }
    if (chunked) {
      // A length beside chunks was refused by the decoder, so this cannot contradict one.
      out.add(HeaderName.TRANSFER_ENCODING.text(), HttpHeaderValues.CHUNKED);
      if (trailerNames != null) {
        out.add(HeaderName.TRAILER.text(), trailerNames);
      }
    }
  }

  /** Notes what is seen and says whether the line is passed on as it is. */
  private boolean keeps(
      HeaderName known, CharSequence name, CharSequence value, List<String> dropped) {
    return switch (known) {
      case OTHER, DATE -> dropped.isEmpty() || !ConnectionTokens.contains(dropped, name);
      case USER_AGENT -> value.length() > 0 && !ConnectionTokens.contains(dropped, name);
      case CONTENT_LENGTH -> {
        hasLength = true;
        yield true;
      }
      // An empty first line counts as none, and all lines are replaced.
      case REAL_IP -> {
        realIp = realIp == null ? value : realIp;
        yield realIp.length() > 0;
      }
      case FORWARDED_HOST -> {
        forwardedHost = forwardedHost == null ? value : forwardedHost;
        yield forwardedHost.length() > 0;
      }
      case FORWARDED_PORT -> {
        forwardedPort = forwardedPort == null ? value : forwardedPort;
        yield forwardedPort.length() > 0;
      }
      case FORWARDED_PREFIX -> !setsPrefix;
      case FORWARDED_PROTO -> {
        forwardedProto = forwardedProto == null ? value : forwardedProto;
        yield forwardedProto.length() > 0;
      }
      case FORWARDED -> {
        forwarded = isEmpty(forwarded) ? value : forwarded + ", " + value;
        yield false;
      }
      case FORWARDED_FOR -> {
        forwardedFor = forwardedFor == null ? value : forwardedFor + ", " + value;
        yield false;
      }
      case TE -> {
        teTrailers |= ConnectionTokens.acceptsTrailers(value);
        yield false;
      }
      case TRAILER -> {
        trailerNames = trailerNames == null ? value : trailerNames + ", " + value;
        yield false;
      }
      case TRANSFER_ENCODING -> {
        chunked = true;
        yield false;
      }
      case UPGRADE -> {
        webSocket |= AsciiString.contentEqualsIgnoreCase(value, "websocket");
        yield false;
      }
      default -> false;
    };
  }

  /** Adds who asked, how and for what. */
  void addForwarding(Peer client, Protocol protocol, String host) {
    String scheme = scheme(client.tls());
    if (isEmpty(realIp)) {
      out.add(HeaderName.REAL_IP.text(), client.ip());
    }
    if (forwardedProto == null || forwardedProto.length() == 0) {
      out.add(HeaderName.FORWARDED_PROTO.text(), withoutWebSocket(scheme));
    }
    if (isEmpty(forwardedPort)) {
      String port = HostText.port(host);
      out.add(
          HeaderName.FORWARDED_PORT.text(), port.isEmpty() ? (client.tls() ? "443" : "80") : port);
    }
    if (isEmpty(forwardedHost) && !host.isEmpty()) {
      out.add(HeaderName.FORWARDED_HOST.text(), host);
    }
    out.add(
        HeaderName.FORWARDED.text(),
        isEmpty(forwarded)
            ? client.forwarded(scheme, protocol)
            : forwarded + client.forwardedTail(protocol));
    out.add(
        HeaderName.FORWARDED_FOR.text(),
        forwardedFor == null ? client.ip() : forwardedFor + ", " + client.ip());
  }

  /** Whether the request has a body or says that it has none. */
  boolean framed() {
    return hasLength || chunked;
  }

  private String scheme(boolean tls) {
    boolean proto = !isEmpty(forwardedProto);
    if (proto && isEmpty(forwarded)) {
      return String.valueOf(forwardedProto);
    }
    if (!proto && forwarded != null) {
      String value = ForwardedText.proto(forwarded.toString());
      if (!value.isEmpty()) {
        return value;
      }
    }
    return webSocket ? (tls ? "wss" : "ws") : (tls ? "https" : "http");
  }

  private static String withoutWebSocket(String scheme) {
    return scheme.equals("ws") ? "http" : scheme.equals("wss") ? "https" : scheme;
  }

  private static boolean isEmpty(@Nullable CharSequence text) {
    return text == null || text.length() == 0;
  }
}
