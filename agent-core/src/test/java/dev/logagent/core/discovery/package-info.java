/** Tests: finding files. */
@NullMarked
package dev.logagent.core.discovery;

import org.jspecify.annotations.NullMarked;
