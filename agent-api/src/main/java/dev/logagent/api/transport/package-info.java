/**
 * How to deliver somewhere new: put a jar with a {@link dev.logagent.api.transport.TransportFactory} into a folder of
 * its own below {@code transports/} of the installation, or below {@code plugin_dir}.
 *
 * <p>The life of a transport:
 *
 * <ol>
 *   <li>The agent finds the factory through {@code META-INF/services/dev.logagent.api.transport.TransportFactory} of
 *       the jars in one folder. The folder has its own class loader: the transport sees the JDK, {@code dev.logagent.api}
 *       and {@code org.slf4j} of the agent, and its own libraries, whatever other transports bring along.
 *   <li>{@code send_type} in the configuration names the factory. Its {@linkplain
 *       dev.logagent.api.transport.TransportFactory#options() option table} validates {@code [transport.NAME]}.
 *   <li>{@link dev.logagent.api.transport.TransportFactory#create create} is called once. It checks what the table could
 *       not, and does not connect: a destination that is away must not keep the agent from starting.
 *   <li>{@link dev.logagent.api.transport.Transport#send send} is called by several threads at once, and says what
 *       became of the batch. The agent alone decides about retries, dead letters and positions.
 *   <li>{@link dev.logagent.api.transport.Transport#close close} is called once, after the last send has returned or
 *       been interrupted.
 * </ol>
 *
 * <p>New abilities come as default methods, so that old jars keep working. {@code agent-testkit} has a conformance suite
 * that every transport should extend.
 */
@NullMarked
package dev.logagent.api.transport;

import org.jspecify.annotations.NullMarked;
