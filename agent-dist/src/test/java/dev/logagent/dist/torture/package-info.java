/**
 * The proof of the promises on the packaged program: an oracle writes lines and remembers each one, faults come from
 * outside, and a judge looks at what the destination has taken. {@code docs/guarantees.md} says which scenario is where.
 */
@NullMarked
package dev.logagent.dist.torture;

import org.jspecify.annotations.NullMarked;
