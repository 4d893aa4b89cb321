package io.tagway.registry;

/**
 * One health check.
 *
 * @param id unique on its node
 * @param status passing, warning, critical or maintenance
 * @param serviceId the instance it belongs to; empty for a check of the node
 */
record Check(String id, String status, String serviceId) {}
