/** Tests of the pipeline as a whole. */
@NullMarked
package dev.logagent.core;

import org.jspecify.annotations.NullMarked;
