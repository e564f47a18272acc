package dev.logagent.core.parser;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
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
    APACHE(new AccessLogParser().or(new ApacheErrorParser()), "httpd"),
    RABBITMQ(new RabbitParser()),
    POSTGRESQL(new PostgresParser()),
    MYSQL(new MysqlParser(), "mariadb"),
    REDIS(new RedisParser(), "valkey"),
    AUTH(new SyslogParser(), "secure"),
    SYSLOG(new SyslogParser(), "messages", "kern", "daemon", "mail", "maillog", "cron", "user", "debug"),
    KERNEL(new KernelParser()),
    DPKG(new DpkgParser(), "alternatives"),
    AUDIT(new AuditParser()),
    LOGFMT(new LogfmtParser()),
    GO(new KlogParser().or(new GoParser()).or(new LogfmtParser())),
    PYTHON(
            new PrefixParser()
                    .or(new LevelFirstParser())
                    .or(new LevelTimeParser())
                    .or(new AccessLogParser()),
            new PythonSigns()),
    JAVA(new PrefixParser().or(new LevelTimeParser()));

    @SuppressWarnings("ImmutableEnumChecker") // parsers have no state
    private final LineParser parser;

    @SuppressWarnings("ImmutableEnumChecker") // parsers have no state
    private final LineParser evidence;

    private final String key = name().toLowerCase(Locale.ROOT);

    /** What stands in the paths of files that are of the format. */
    @SuppressWarnings("ImmutableEnumChecker") // made by Stream.toList, which nobody can change
    private final List<String> signs;

    /** @param words names of such files, besides that of the format itself */
    LogFormat(LineParser parser, String... words) {
        this(parser, parser, words);
    }

    /** @param evidence understands those lines alone that are of no other format */
    LogFormat(LineParser parser, LineParser evidence, String... words) {
        this.parser = parser;
        this.evidence = evidence;
        this.signs = Stream.concat(Stream.of(key), Stream.of(words))
                .map(word -> "/" + word)
                .toList();
    }

    /** The name in the configuration, and in {@code metadata.parser}. */
    String key() {
        return key;
    }

    LineParser parser() {
        return parser;
    }

    /** What understands the lines that tell that a file at the path is of the format. */
    LineParser evidenceAt(String path) {
        return hintAt(path) >= 0 ? parser : evidence;
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
            if (format.hintAt(path) >= 0) {
                candidates.add(format);
            }
        }
        // The folder says whose log it is, the file's name perhaps only what is in it.
        candidates.sort(Comparator.comparingInt(format -> format.hintAt(path)));
        for (LogFormat format : values()) {
            // Lines alone do not tell whether they are of a login.
            if (format != AUTH && !candidates.contains(format)) {
                candidates.add(format);
            }
        }
        return candidates;
    }

    /** The format that the path alone speaks for, or null. */
    static @Nullable LogFormat hintedAt(String path) {
        LogFormat first = candidates(path).get(0);
        return first.hintAt(path) >= 0 ? first : null;
    }

    /** Where in the path the first word is that speaks for the format, or -1. */
    private int hintAt(String path) {
        int first = -1;
        for (String sign : signs) {
            int at = path.indexOf(sign);
            int end = at + sign.length();
            boolean isWord = at >= 0 && (end == path.length() || !Character.isLetter(path.charAt(end)));
            first = isWord && (first < 0 || at < first) ? at : first;
        }
        return first;
    }
}
