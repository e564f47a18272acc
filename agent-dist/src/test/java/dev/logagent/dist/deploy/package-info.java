/**
 * The files of {@code deploy/}, without Docker: linted, held against their schema, and every command that they run is run
 * in the same order in a temporary folder that stands for the root of the container's file system.
 */
@NullMarked
package dev.logagent.dist.deploy;

import org.jspecify.annotations.NullMarked;
