package dev.logagent.core.config;

import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What kind of thing a source reads, and how. */
public sealed interface InputConfig {

    /** The parser for a source of this kind that names none, or null if any format may come. */
    default @Nullable String parser() {
        return null;
    }

    /** Whether there is only one of it, so that all outputs have to share what one reader reads. */
    default boolean isShared() {
        return false;
    }

    /** What it is, for people. */
    String shown();

    /**
     * The files of {@link SourceConfig#logPaths}.
     *
     * @param encoding of their text, or null for UTF-8
     * @param skipLines how many lines each file begins with that are not sent: a header
     * @param ignoreOlder what files hold that were last written longer ago when they are found is not sent; zero for no limit
     */
    record Files(@Nullable Charset encoding, int skipLines, Duration ignoreOlder) implements InputConfig {

        /** Everything in files of UTF-8. */
        public static final Files ALL = new Files(null, 0, Duration.ZERO);

        @Override
        public String shown() {
            return "files";
        }
    }

    /**
     * The systemd journal.
     *
     * @param units only entries of these units; all if empty
     * @param matches only entries with these fields, as {@code FIELD=value}
     * @param directory where the journal's files are, or null for this host's journal
     * @param program the {@code journalctl} to ask
     */
    record Journald(
            List<String> units,
            List<String> matches,
            @Nullable Path directory,
            String program) implements InputConfig {
        public Journald {
            units = List.copyOf(units);
            matches = List.copyOf(matches);
        }

        @Override
        public String parser() {
            return "journald";
        }

        @Override
        public String shown() {
            return "the systemd journal"
                    + (directory == null ? "" : " in " + directory)
                    + (units.isEmpty() ? "" : ", units " + String.join(", ", units))
                    + (matches.isEmpty() ? "" : ", " + String.join(" ", matches));
        }
    }

    /**
     * The kernel's messages.
     *
     * @param device usually {@code /dev/kmsg}
     */
    record Kmsg(Path device) implements InputConfig {
        @Override
        public String parser() {
            return "kernel";
        }

        @Override
        public String shown() {
            return "kernel messages from " + device;
        }
    }

    /** Standard input, to its end. */
    record Stdin() implements InputConfig {
        @Override
        public boolean isShared() {
            return true;
        }

        @Override
        public String shown() {
            return "standard input";
        }
    }

    /**
     * Messages that others send by the syslog protocol.
     *
     * @param protocol how they come
     * @param listen where to
     * @param tls what to show and whom to trust; null unless the protocol is TLS
     * @param clientMustProve whether a client without a certificate that is trusted is refused
     * @param maxMessageBytes longer ones go on in pieces
     * @param maxConnections further ones are refused
     * @param receiveBufferBytes what the system keeps of datagrams that were not read yet
     */
    record Syslog(
            Protocol protocol,
            InetSocketAddress listen,
            @Nullable ServerTls tls,
            boolean clientMustProve,
            int maxMessageBytes,
            int maxConnections,
            int receiveBufferBytes)
            implements InputConfig {

        /** How messages come. */
        public enum Protocol {
            UDP,
            TCP,
            TLS
        }

        @Override
        public String parser() {
            return "syslog";
        }

        @Override
        public boolean isShared() {
            return true;
        }

        /** Whether both listen on the same port, if by different protocols above UDP or TCP. */
        public boolean isOnPortOf(Syslog other) {
            return sharesTransport(other) && listen.equals(other.listen);
        }

        /** Whether not both can be listened on at once: on one port, for addresses of which one holds the other. */
        public boolean collidesWith(Syslog other) {
            return sharesTransport(other)
                    && listen.getPort() == other.listen.getPort()
                    && (listen.equals(other.listen) || isForAll(listen) || isForAll(other.listen));
        }

        private boolean sharesTransport(Syslog other) {
            return (protocol == Protocol.UDP) == (other.protocol == Protocol.UDP);
        }

        private static boolean isForAll(InetSocketAddress address) {
            return address.getAddress().isAnyLocalAddress();
        }

        @Override
        public String shown() {
            return "syslog over " + protocol + " on " + listen.getHostString() + ":" + listen.getPort();
        }
    }
}
