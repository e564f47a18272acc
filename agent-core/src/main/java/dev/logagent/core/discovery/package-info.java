/**
 * Stage 1 of 8: which files exist, and which file is which. Gives paths and identities to the detector.
 */
@NullMarked
package dev.logagent.core.discovery;

import org.jspecify.annotations.NullMarked;
