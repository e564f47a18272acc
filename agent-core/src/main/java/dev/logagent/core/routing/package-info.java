/**
 * Between stages 2 and 4: decides which events go to which output, and never lets one cross a border. An event that no
 * route takes goes to the default output.
 */
@NullMarked
package dev.logagent.core.routing;

import org.jspecify.annotations.NullMarked;
