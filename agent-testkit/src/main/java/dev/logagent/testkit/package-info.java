/** For tests only: the conformance suite of transports, and real receivers that misbehave on command. */
@NullMarked
package dev.logagent.testkit;

import org.jspecify.annotations.NullMarked;
