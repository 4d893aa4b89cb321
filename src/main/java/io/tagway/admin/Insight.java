package io.tagway.admin;

import io.tagway.bgp.BgpStatus;
import io.tagway.metrics.TargetStats;
import io.tagway.route.Target;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What pages are shown of the router beside its registry. All are asked on worker threads too.
 *
 * @param anycast what is announced by BGP; empty if nothing is to be
 * @param stats how a target is doing
 * @param vitals how the process is; may take milliseconds
 */
public record Insight(
    Supplier<Optional<BgpStatus>> anycast,
    Function<Target, TargetStats> stats,
    Supplier<Vitals> vitals) {}
