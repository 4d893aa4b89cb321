package io.tagway.proxy.http;

import io.vertx.core.MultiMap;

/**
 * The head of a request as it was read.
 *
 * @param method case-sensitive, RFC 9110 section 9.1
 * @param target the request target as sent, one character for each byte
 * @param http10 HTTP/1.0 rather than a later version
 * @param headers as sent
 */
record RequestHead(String method, String target, boolean http10, MultiMap headers) {}
