/** Benchmarks: how fast the stages are, one by one. Not part of the program. */
@NullMarked
package dev.logagent.bench;

import org.jspecify.annotations.NullMarked;
