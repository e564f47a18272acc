/** Tests of the figures. */
@NullMarked
package dev.logagent.core.status;

import org.jspecify.annotations.NullMarked;
