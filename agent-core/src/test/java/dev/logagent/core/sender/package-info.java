/** Tests: delivery. */
@NullMarked
package dev.logagent.core.sender;

import org.jspecify.annotations.NullMarked;
