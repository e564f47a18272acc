/**
 * What every stage runs on: threads, the memory budget, and the one place where a fatal error goes.
 */
@NullMarked
package dev.logagent.core.runtime;

import org.jspecify.annotations.NullMarked;
