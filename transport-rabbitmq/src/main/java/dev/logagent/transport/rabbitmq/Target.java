package dev.logagent.transport.rabbitmq;

/**
 * Where one message goes.
 *
 * @param exchange its name; empty for the default exchange
 */
record Target(String exchange, String routingKey) {}
