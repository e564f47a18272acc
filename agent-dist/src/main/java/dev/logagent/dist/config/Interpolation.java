package dev.logagent.dist.config;

import dev.logagent.api.option.Interpolated;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Resolves <code>${…}</code> in strings: {@code ${NAME}}, {@code ${NAME:-default}}, {@code ${NAME:?message}}, {@code
 * ${file:/path}}; {@code $$} is a dollar. What is put in is not looked at again.
 */
final class Interpolation {

    static final String HINT =
            "write ${NAME}, ${NAME:-default}, ${NAME:?message} or ${file:/path}; for a dollar sign write $$";

    private static final int LARGEST_FILE = 1 << 20;
    private static final Pattern VARIABLE = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?::([-?])(.*))?", Pattern.DOTALL);
    private static final String FILE = "file:";

    private final Surroundings surroundings;
    private final Set<Path> files = new LinkedHashSet<>();

    Interpolation(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * What became of a string.
     *
     * @param value the {@code String} if nothing was put in, else an {@link Interpolated}; null when there is a fault
     * @param inputs what was put in, for a person to read
     */
    record Outcome(@Nullable Object value, List<String> inputs, boolean secret, List<Fault> faults) {}

    /** Why a piece could not be resolved. */
    record Fault(String message, @Nullable String hint) {}

    /** The files that have been put in so far; absolute. */
    Set<Path> files() {
        return files;
    }

    Outcome resolve(String text) {
        return text.indexOf('$') < 0 ? new Outcome(text, List.of(), false, List.of()) : new Run(text).outcome();
    }

    /** One pass over one string. */
    private final class Run {

        private final String text;
        private final StringBuilder out = new StringBuilder();
        private final List<String> inputs = new ArrayList<>();
        private final List<Fault> faults = new ArrayList<>();
        private boolean secret;
        private boolean interpolated;

        Run(String text) {
            this.text = text;
        }

        Outcome outcome() {
            int i = 0;
            while (i < text.length()) {
                if (text.startsWith("$$", i)) {
                    out.append('$');
                    i += 2;
                } else if (text.startsWith("${", i)) {
                    int end = text.indexOf('}', i);
                    if (end < 0) {
                        faults.add(new Fault("'${' without '}'", HINT));
                        break;
                    }
                    interpolated = true;
                    put(text.substring(i + 2, end));
                    i = end + 1;
                } else {
                    out.append(text.charAt(i++));
                }
            }
            String whole = out.toString();
            Object value = !faults.isEmpty() ? null : interpolated ? new Interpolated(whole, secret) : whole;
            return new Outcome(value, inputs, secret, faults);
        }

        private void put(String expression) {
            if (expression.startsWith(FILE)
                    && !expression.startsWith("-", FILE.length())
                    && !expression.startsWith("?", FILE.length())) {
                putFile(expression.substring(FILE.length()));
                return;
            }
            Matcher matcher = VARIABLE.matcher(expression);
            if (!matcher.matches()) {
                faults.add(new Fault("'${" + expression + "}' is not understood", HINT));
                return;
            }
            putVariable(matcher.group(1), matcher.group(2), matcher.group(3));
        }

        private void putVariable(String name, @Nullable String operator, @Nullable String operand) {
            String value = surroundings.variable(name);
            boolean absent = value == null || (operator != null && value.isEmpty());
            if (!absent) {
                inputs.add("environment variable " + name);
                out.append(value);
            } else if ("-".equals(operator)) {
                out.append(operand);
            } else if ("?".equals(operator)) {
                faults.add(new Fault(
                        "environment variable '" + name + "' is not set"
                                + (operand == null || operand.isEmpty() ? "" : ": " + operand),
                        null));
            } else {
                faults.add(new Fault(
                        "environment variable '" + name + "' is not set",
                        "set it, or give a default: ${" + name + ":-…}"));
            }
        }

        private void putFile(String path) {
            secret = true;
            inputs.add("file " + path);
            try {
                files.add(surroundings.absolute(path));
            } catch (InvalidPathException e) {
                faults.add(new Fault("file '" + path + "' cannot be read: " + e.getReason(), null));
                return;
            }
            try (InputStream in = Files.newInputStream(surroundings.absolute(path))) {
                byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
                if (bytes.length > LARGEST_FILE) {
                    faults.add(new Fault("file '" + path + "' is larger than 1 MiB", null));
                    return;
                }
                String content = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
                out.append(
                        content.endsWith("\r\n")
                                ? content.substring(0, content.length() - 2)
                                : content.endsWith("\n") ? content.substring(0, content.length() - 1) : content);
            } catch (IOException e) {
                faults.add(new Fault("file '" + path + "' cannot be read: " + reason(e), null));
            }
        }

        private static String reason(IOException e) {
            return e instanceof NoSuchFileException
                    ? "no such file"
                    : e instanceof AccessDeniedException
                            ? "permission denied"
                            : e instanceof CharacterCodingException
                                    ? "it is not UTF-8"
                                    : String.valueOf(e.getMessage());
        }
    }
}
