/** Tests: what the destination will never take. */
@NullMarked
package dev.logagent.core.deadletter;

import org.jspecify.annotations.NullMarked;
