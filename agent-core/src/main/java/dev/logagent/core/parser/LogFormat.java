package dev.logagent.core.parser;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The formats that are known by name, the most telling first: in this order they are tried on lines of an unknown one. */
enum LogFormat {
    DOCKER(new DockerParser()),
    JOURNALD(new JournalParser()),
    JSON(new JsonParser()),
    CRI(new CriParser()),
    /** An access log of nobody knows whom. */
    ACCESS(new AccessLogParser()),
    NGINX(new AccessLogParser().or(new NginxErrorParser())),
    APACHE(new AccessLogParser().or(new ApacheErrorParser())),
    RABBITMQ(new RabbitParser()),
    POSTGRESQL(new PostgresParser()),
    AUTH(new SyslogParser()),
    SYSLOG(new SyslogParser()),
    KERNEL(new KernelParser()),
    DPKG(new DpkgParser()),
    GO(new KlogParser().or(new GoParser()).or(new LogfmtParser())),
    LOGFMT(new LogfmtParser()),
    JAVA(new PrefixParser()),
    PYTHON(new PrefixParser().or(new LevelFirstParser()).or(new AccessLogParser()));

    @SuppressWarnings("ImmutableEnumChecker") // parsers have no state
    private final LineParser parser;

    private final String key = name().toLowerCase(Locale.ROOT);

    LogFormat(LineParser parser) {
        this.parser = parser;
    }

    /** The name in the configuration, and in {@code metadata.parser}. */
    String key() {
        return key;
    }

    LineParser parser() {
        return parser;
    }

    /** The format of that name, or null. */
    static @Nullable LogFormat named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.key.equals(name))
                .findFirst()
                .orElse(null);
    }

    /** The formats to try on a file: those first that its path speaks for. */
    static List<LogFormat> candidates(String path) {
        List<LogFormat> candidates = new ArrayList<>();
        for (LogFormat format : values()) {
            if (format.isHintedAt(path)) {
                candidates.add(format);
            }
        }
        for (LogFormat format : values()) {
            // Lines alone do not tell whether they are of a login.
            if (format != AUTH && !candidates.contains(format)) {
                candidates.add(format);
            }
        }
        return candidates;
    }

    private boolean isHintedAt(String path) {
        return names(path, key) || (this == APACHE && names(path, "httpd")) || (this == AUTH && names(path, "secure"));
    }

    private static boolean names(String path, String word) {
        int end = path.indexOf("/" + word) + 1 + word.length();
        return end > word.length() && (end == path.length() || !Character.isLetter(path.charAt(end)));
    }
}
