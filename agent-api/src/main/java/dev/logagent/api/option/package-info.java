/**
 * Options as data: a table of {@link dev.logagent.api.option.OptionSpec}s gives parsing, validation of all keys at once,
 * "did you mean", masking of secrets, and documentation. The agent's own tables use the same mechanism.
 */
@NullMarked
package dev.logagent.api.option;

import org.jspecify.annotations.NullMarked;
