/**
 * Stage 6 of 8: takes batches from the sender, gives what became of them to the acknowledgements. The transports
 * themselves come from outside; this package finds them and keeps them apart.
 *
 * <p>A transport is a folder of jars, or a single jar, with a {@code META-INF/services} entry. Each has its own {@link
 * dev.logagent.core.transport.TransportClassLoader class loader}. {@link dev.logagent.core.transport.TransportRegistry}
 * finds one by name. {@link dev.logagent.core.transport.FailoverTransport} makes one of several end points.
 */
@NullMarked
package dev.logagent.core.transport;

import org.jspecify.annotations.NullMarked;
