/** How the command line talks to the running agent. */
@NullMarked
package dev.logagent.dist.client;

import org.jspecify.annotations.NullMarked;
