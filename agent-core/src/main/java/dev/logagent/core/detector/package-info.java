/**
 * Stage 2 of 8: takes paths from discovery, reads new bytes, finds lines and rotations, and gives runs of lines to the aggregator. One thread per source. DESIGN.md in this folder explains how.
 */
@NullMarked
package dev.logagent.core.detector;

import org.jspecify.annotations.NullMarked;
