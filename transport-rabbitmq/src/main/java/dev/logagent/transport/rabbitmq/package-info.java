/** The transport {@code rabbitmq}: events as persistent, confirmed messages over AMQP 0-9-1. */
@NullMarked
package dev.logagent.transport.rabbitmq;

import org.jspecify.annotations.NullMarked;
