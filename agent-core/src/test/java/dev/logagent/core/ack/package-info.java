/** Tests: acknowledgements. */
@NullMarked
package dev.logagent.core.ack;

import org.jspecify.annotations.NullMarked;
