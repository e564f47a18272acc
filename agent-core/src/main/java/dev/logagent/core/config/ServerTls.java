package dev.logagent.core.config;

import javax.net.ssl.SSLContext;

/**
 * What a source that speaks TLS shows to those who connect, and whom it trusts. Two are equal if they were made of the same
 * certificates and keys, however often these were read.
 *
 * @param contents tells apart what it was made of
 */
public record ServerTls(SSLContext context, String contents) {

    @Override
    public boolean equals(Object other) {
        return other instanceof ServerTls tls && contents.equals(tls.contents);
    }

    @Override
    public int hashCode() {
        return contents.hashCode();
    }
}
