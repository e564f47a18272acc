/** TLS for transports: the same options with the same meaning everywhere. */
@NullMarked
package dev.logagent.api.tls;

import org.jspecify.annotations.NullMarked;
