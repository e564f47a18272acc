/**
 * The wire formats: {@link dev.logagent.api.encode.PayloadEncoder} writes a whole batch, {@link
 * dev.logagent.api.encode.EventJson} one event. Every transport, third-party ones too, sends the same bytes through them.
 */
@NullMarked
package dev.logagent.api.encode;

import org.jspecify.annotations.NullMarked;
