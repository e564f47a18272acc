/** What an operator may want to know of a running agent: collected from its reports, and looked up when asked. */
@NullMarked
package dev.logagent.core.status;

import org.jspecify.annotations.NullMarked;
