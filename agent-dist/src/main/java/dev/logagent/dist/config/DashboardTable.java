package dev.logagent.dist.config;

import static dev.logagent.api.option.OptionSpec.bool;
import static dev.logagent.api.option.OptionSpec.list;
import static dev.logagent.api.option.OptionSpec.string;

import dev.logagent.api.option.OptionTable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys of {@code [dashboard]}. */
final class DashboardTable {

    static final String ENABLED = "enabled";
    static final String LISTEN = "listen";
    static final String TOKEN = "token";
    static final String TLS_CERT = "tls_cert";
    static final String TLS_KEY = "tls_key";
    static final String ALLOWED_HOSTS = "allowed_hosts";

    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[0-9A-Fa-f:.%]+]|[^:\\[\\]\\s]+):([0-9]{1,5})");
    private static final int GREATEST_PORT = 65_535;

    static final OptionTable TABLE = OptionTable.of(
            bool(ENABLED).doc("Whether the dashboard is served. Default: `true` if the table is there, even empty."),
            string(LISTEN)
                    .checkedBy(DashboardTable::listen)
                    .defaultsTo("127.0.0.1:8000")
                    .doc(
                            "Address and port, such as `0.0.0.0:8000` or `[::1]:8000`. With port 0 a free one is taken, which"
                                    + " the log tells. Only this host can reach `127.0.0.1`."),
            string(TOKEN)
                    .asSecret()
                    .range(16, 1024)
                    .doc(
                            "What a visitor must know, sent as `Authorization: Bearer …` or typed into the page. Required"
                                    + " where `listen` is not an address of this host alone. `openssl rand -hex 24` makes one."),
            string(TLS_CERT)
                    .range(1, 4_096)
                    .doc(
                            "A PEM file with the server's certificate and its chain; needs tls_key. Without it, connections"
                                    + " are not encrypted."),
            string(TLS_KEY)
                    .range(1, 4_096)
                    .doc("A PEM file with the private key (PKCS#8, not encrypted); needs tls_cert."),
            list(ALLOWED_HOSTS)
                    .checkedBy(value -> TableChecks.texts(ALLOWED_HOSTS, value))
                    .doc(
                            "Names that browsers use for the dashboard besides `localhost` and addresses, such as that of a"
                                    + " proxy in front. Default: with a token any, without one none."));

    private DashboardTable() {}

    /** The two parts of {@code listen}. */
    record Listen(String host, int port) {}

    /** The parts, or null if the text does not have that form. */
    static @Nullable Listen parse(String listen) {
        Matcher matcher = HOST_AND_PORT.matcher(listen);
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > GREATEST_PORT) {
            return null;
        }
        String host = matcher.group(1);
        return new Listen(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host, Integer.parseInt(matcher.group(2)));
    }

    /** What is wrong with an address and a port, or null. */
    static @Nullable String listen(Object value) {
        return parse(value.toString()) == null
                ? "'" + LISTEN + "' must be an address and a port, such as 127.0.0.1:8000, found '" + value + "'"
                : null;
    }
}
