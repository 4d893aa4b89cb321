package io.tagway.proxy.http;

import io.netty.handler.codec.http2.Http2Error;
import io.tagway.proxy.Failure;
import io.tagway.proxy.http.Decision.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The status codes of gRPC that a router has a use for. The one table from what went wrong to what
 * a caller is told.
 */
enum GrpcStatus {
  CANCELLED(1),
  UNKNOWN(2),
  DEADLINE_EXCEEDED(4),
  NOT_FOUND(5),
  PERMISSION_DENIED(7),
  RESOURCE_EXHAUSTED(8),
  UNIMPLEMENTED(12),
  INTERNAL(13),
  UNAVAILABLE(14),
  UNAUTHENTICATED(16);

  private final int code;

  GrpcStatus(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /**
   * Once a target was chosen.
   *
   * @param cause a {@link StreamReset} and a {@link Call.Foreign} say more than the failure does
   */
  static GrpcStatus of(Failure failure, @Nullable Throwable cause) {
    if (cause instanceof StreamReset reset && !failure.nothingSent()) {
      return ofReset(reset.code());
    }
    if (cause instanceof Call.Foreign foreign) {
      return ofHttp(foreign.status());
    }
    return switch (failure) {
      case REQUEST_TOO_LARGE, ANSWER_TOO_LARGE -> RESOURCE_EXHAUSTED;
      case DEADLINE, ANSWER_TIMEOUT, REQUEST_TIMEOUT, WRITE_TIMEOUT -> DEADLINE_EXCEEDED;
      case CLIENT_GONE -> CANCELLED;
      case BAD_ANSWER, SCHEME -> INTERNAL;
      default -> UNAVAILABLE;
    };
  }

  /** gRPC, "HTTP to gRPC Status Code Mapping". */
  private static GrpcStatus ofHttp(int status) {
    return switch (status) {
      case 400 -> INTERNAL;
      case 401 -> UNAUTHENTICATED;
      case 403 -> PERMISSION_DENIED;
      case 404 -> UNIMPLEMENTED;
      case 429, 502, 503, 504 -> UNAVAILABLE;
      default -> UNKNOWN;
    };
  }

  /** gRPC over HTTP/2, "Errors", the table of HTTP/2 codes. */
  private static GrpcStatus ofReset(long code) {
    Http2Error error = Http2Error.valueOf(code);
    return error == null
        ? INTERNAL
        : switch (error) {
          case REFUSED_STREAM -> UNAVAILABLE;
          case CANCEL -> CANCELLED;
          case ENHANCE_YOUR_CALM -> RESOURCE_EXHAUSTED;
          case INADEQUATE_SECURITY -> PERMISSION_DENIED;
          default -> INTERNAL;
        };
  }

  /**
   * A status as it is sent.
   *
   * @param text null if there is none, which leaves a caller with {@link #UNKNOWN}
   */
  static int code(@Nullable String text) {
    if (text == null || text.isEmpty() || text.length() > 2) {
      return UNKNOWN.code;
    }
    int code = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return UNKNOWN.code;
      }
      code = code * 10 + digit;
    }
    return code;
  }

  /** Before that. */
  static GrpcStatus of(Refusal refusal) {
    return switch (refusal) {
      case NO_ROUTE -> NOT_FOUND;
      case DENIED -> PERMISSION_DENIED;
      default -> INTERNAL;
    };
  }

  /** What is told with it; for the absence of a route the words known from Fabio. */
  static String text(Refusal refusal) {
    return switch (refusal) {
      case NO_ROUTE -> "no route found";
      case DENIED -> "access denied";
      default -> "internal error";
    };
  }
}
