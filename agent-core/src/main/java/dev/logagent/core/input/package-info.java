/**
 * Stage 2 of 8, for whatever is read: what the files' detector and the other kinds of source have in common. An
 * {@link dev.logagent.core.input.Input} is one source with a thread of its own. One that is no set of files is a
 * {@link dev.logagent.core.input.Feed}, run by an {@link dev.logagent.core.input.InputThread}; it hands runs of lines to a
 * {@link dev.logagent.core.input.Handover}, and remembers its place with a
 * {@link dev.logagent.core.input.StreamPosition} if it has one.
 */
@NullMarked
package dev.logagent.core.input;

import org.jspecify.annotations.NullMarked;
