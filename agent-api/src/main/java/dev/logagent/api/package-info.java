/**
 * What the agent hands to a destination.
 *
 * <p>A {@link dev.logagent.api.Batch} holds {@link dev.logagent.api.LineRun runs of lines}; each run is a slice of the
 * block of bytes that was read from one file of one {@link dev.logagent.api.SourceInfo source}. Nothing is turned into
 * a {@code String} before an {@linkplain dev.logagent.api.encode encoder} needs it. Who wants single events iterates
 * {@link dev.logagent.api.Batch#events()}. All of these are immutable and may be read by any thread.
 *
 * <p>Transport authors start at {@link dev.logagent.api.transport.TransportFactory}.
 */
@NullMarked
package dev.logagent.api;

import org.jspecify.annotations.NullMarked;
