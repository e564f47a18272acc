package dev.logagent.dist.config;

import dev.logagent.api.option.OptionSpec;
import dev.logagent.api.option.OptionTable;
import dev.logagent.api.option.Suggestion;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps secrets out of what is shown of a configuration file.
 *
 * <p>Works on text, since a file that cannot be parsed has secrets too; so it goes by the names of keys, and rather masks
 * too much than too little.
 */
final class SecretMask {

    private static final String MASK = "***";
    private static final Pattern ASSIGNMENT = Pattern.compile("(\"[^\"]*\"|'[^']*'|[\\w-]+)\\s*=\\s*");
    private static final Pattern LINE_OF_ITS_OWN = Pattern.compile(
            "\\s*(?:\\[|(\"[^\"]*\"|'[^']*'|[\\w-]+)(?:\\s*\\.\\s*(?:\"[^\"]*\"|'[^']*'|[\\w-]+))*\\s*=).*");
    private static final Pattern TELLING_NAME = Pattern.compile(
            ".*(pass|pwd|secret|token|credential|authorization|api_?key|access_?key|private_?key|cookie).*");
    private static final List<String> TYPICAL_NAMES = List.of("password", "secret", "token");
    private static final Pattern PASSWORD_IN_URL = Pattern.compile("(://[^/\\s:@\"']*:)[^/\\s\"']+(@)");
    private static final Pattern UNEXPECTED = Pattern.compile("Unexpected '.*'");
    private static final Pattern MEANT = Pattern.compile("did you mean '([^']+)'.*", Pattern.DOTALL);

    private final Set<String> secretKeys = new HashSet<>();

    /** Also masks the table's secret options, whatever their names. */
    void learn(OptionTable table) {
        for (OptionSpec spec : table.specs()) {
            if (spec.secret()) {
                secretKeys.add(spec.key().toLowerCase(Locale.ROOT));
            }
            OptionTable columns = spec.columns();
            if (columns != null) {
                learn(columns);
            }
        }
    }

    /** Masks passwords in URLs. */
    static String withoutPasswords(String text) {
        return PASSWORD_IN_URL.matcher(text).replaceAll("$1" + MASK + "$2");
    }

    /** Whether a key of that name is likely to have a secret as its value. */
    static boolean isTelling(String key) {
        return TELLING_NAME
                .matcher(key.toLowerCase(Locale.ROOT).replace('-', '_'))
                .matches();
    }

    /** The finding as a problem without secrets. */
    Problem problem(Finding finding) {
        SourceText text = finding.text();
        Span span = finding.span();
        String message = withoutPasswords(finding.message());
        if (text == null || span == null || span.length() == 0) {
            return new Problem(finding.file(), finding.line(), finding.column(), 0, message, finding.hint(), null);
        }
        String line = text.line(span.line());
        Problem.Excerpt excerpt = excerpt(text, span, finding);
        if (finding.syntax() && !excerpt.line().equals(line)) {
            message = UNEXPECTED.matcher(message).replaceAll("Unexpected text");
        }
        return new Problem(finding.file(), span.line(), span.column(), span.length(), message, finding.hint(), excerpt);
    }

    private Problem.Excerpt excerpt(SourceText text, Span span, Finding finding) {
        String line = text.line(span.line());
        int caret = text.index(span.line(), span.column());
        int end = text.index(span.line(), span.column() + span.length());
        if (belongsToSecret(text, span.line())) {
            return new Problem.Excerpt(MASK, 1, MASK.length());
        }
        MaskedLine masked = new MaskedLine(line, caret, end);
        if (finding.syntax() && mayBeDamagedSecret(line)) {
            masked.mask(startOfValue(line), line.length());
        }
        if (finding.syntax()) {
            masked.mask(startOfInlineTable(line), line.length());
        }
        Matcher assignment = ASSIGNMENT.matcher(line);
        while (assignment.find()) {
            boolean atFault = assignment.start() >= caret && assignment.start() < end;
            if (isSecret(assignment.group(1))
                    || (atFault
                            && (isSecret(meant(finding))
                                    || (finding.hidesValue() && !isNumber(line, assignment.end()))))) {
                // Where the line is damaged, nobody knows where the value ends.
                int to = finding.syntax() ? line.length() : TomlLexis.endOfValue(line, assignment.end());
                masked.mask(assignment.end(), to);
            }
        }
        Matcher url = PASSWORD_IN_URL.matcher(line);
        while (url.find()) {
            masked.mask(url.end(1), url.start(2));
        }
        return masked.excerpt();
    }

    /** Whether the line goes on with a value that was begun on an earlier line, and is a secret. */
    private boolean belongsToSecret(SourceText text, int number) {
        for (int i = number; i > 0; i--) {
            Matcher own = LINE_OF_ITS_OWN.matcher(text.line(i));
            if (own.matches()) {
                return i < number && own.group(1) != null && isSecret(own.group(1));
            }
        }
        return false;
    }

    /** Whether the line, which is not TOML, seems to give a secret: only its beginning can tell. */
    private boolean mayBeDamagedSecret(String line) {
        String name = line.substring(0, endOfName(line)).replaceAll("[^\\w-]", "");
        Set<String> secrets = new HashSet<>(secretKeys);
        secrets.addAll(TYPICAL_NAMES);
        return name.isEmpty() || isSecret(name) || Suggestion.nearest(name, secrets) != null;
    }

    private static int endOfName(String line) {
        int start = line.length() - line.stripLeading().length();
        for (int i = start; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' || c == '\'' || c == '=' || Character.isWhitespace(c)) {
                return i;
            }
        }
        return line.length();
    }

    private static int startOfValue(String line) {
        int i = endOfName(line);
        while (i < line.length() && (line.charAt(i) == '=' || Character.isWhitespace(line.charAt(i)))) {
            i++;
        }
        return i;
    }

    /**
     * Where it begins in a line that is not TOML, or where its rest does; the end of the line if there is none. It may give
     * a secret, and where it is damaged, not even the name of the key can be relied on.
     */
    private static int startOfInlineTable(String line) {
        int open = line.indexOf('{');
        return open >= 0 ? open + 1 : line.indexOf('}') >= 0 ? startOfValue(line) : line.length();
    }

    private static boolean isNumber(String line, int from) {
        return line.substring(from, TomlLexis.endOfValue(line, from)).matches("[+-]?[0-9_.]+|true|false");
    }

    /** A mistyped key may be that of a secret. */
    private static @Nullable String meant(Finding finding) {
        String hint = finding.hint();
        Matcher matcher = hint == null ? null : MEANT.matcher(hint);
        return matcher != null && matcher.matches() ? matcher.group(1) : null;
    }

    private boolean isSecret(@Nullable String key) {
        if (key == null) {
            return false;
        }
        String name =
                key.toLowerCase(Locale.ROOT).replace("\"", "").replace("'", "").replace('-', '_');
        return secretKeys.contains(name) || isTelling(name);
    }
}
