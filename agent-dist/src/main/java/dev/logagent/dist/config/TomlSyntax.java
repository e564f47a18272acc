package dev.logagent.dist.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tomlj.TomlParseError;

/** Says what the parser found wrong in plainer words. */
final class TomlSyntax {

    private static final Pattern DEFINED_TWICE = Pattern.compile("(.+) previously defined at line (\\d+), column \\d+");
    private static final Pattern NOT_CLOSED =
            Pattern.compile("Unexpected end of (?:line|input), expected (\"\"\"|'''|\"|')( or a character)?");

    private TomlSyntax() {}

    static Finding finding(SourceText text, TomlParseError error) {
        // An error at the end of the input is in a line that is not there.
        int line = Math.min(error.position().line(), Math.max(1, text.lines().size()));
        Span span = text.value(line, error.position().column());
        String message = String.valueOf(error.getMessage());
        Matcher twice = DEFINED_TWICE.matcher(message);
        Matcher notClosed = NOT_CLOSED.matcher(message);
        if (twice.matches()) {
            String said = "'" + twice.group(1) + "' is already set at line " + twice.group(2);
            boolean header = text.line(line).strip().startsWith("[");
            return header
                    ? Finding.syntax(text, span, said, null)
                    : Finding.at(text, span, said, "keep one of the two");
        }
        if (notClosed.matches()) {
            return Finding.syntax(
                    text, span, "a string begins and does not end", "close it with " + notClosed.group(1));
        }
        boolean bareWord = message.endsWith("expected a value") && !message.startsWith("Unexpected '='");
        return Finding.syntax(text, span, message, bareWord ? "strings need quotes" : null);
    }
}
