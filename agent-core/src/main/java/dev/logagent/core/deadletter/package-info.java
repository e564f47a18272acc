/**
 * Beside stage 5: keeps what the destination will never take, with the reason, and sends it again when a person asks for it.
 */
@NullMarked
package dev.logagent.core.deadletter;

import org.jspecify.annotations.NullMarked;
