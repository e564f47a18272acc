/** What several tests of the pipeline need: scripted destinations, recorded events, seeded random numbers. */
@NullMarked
package dev.logagent.core.testing;

import org.jspecify.annotations.NullMarked;
