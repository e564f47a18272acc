/** Tests: what every stage runs on. */
@NullMarked
package dev.logagent.core.runtime;

import org.jspecify.annotations.NullMarked;
