package io.tagway.route;

/** One host key with its routes. */
record HostRoutes(HostKey key, PathTree paths) {
  /**
   * The target of this host for a request; {@link Target#NONE} if no path fits or the target would
   * redirect the client to where it came from.
   */
  Target answer(RouteRequest request, String forwardedProto) {
    Route route = paths.match(request.path().decoded());
    if (route == null) {
      return Target.NONE;
    }
    Target target = route.pick();
    return target.redirectsToSelf(request, forwardedProto) ? Target.NONE : target;
  }
}
