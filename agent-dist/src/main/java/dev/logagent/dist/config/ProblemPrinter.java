package dev.logagent.dist.config;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** Renders problems for a person: position, message, the line in question, carets, hint. Immutable. */
public final class ProblemPrinter {

    private static final String TAB = "    ";
    private static final int WIDEST_LINE = 160;
    private static final int BEFORE_CARET = 60;

    private final boolean color;

    public ProblemPrinter(boolean color) {
        this.color = color;
    }

    /** With colour if standard output and error are a terminal, and {@code NO_COLOR} is not set. */
    public static ProblemPrinter forTerminal() {
        return new ProblemPrinter(Ansi.AUTO.enabled());
    }

    /** All problems and a closing line, each line ended by a newline. */
    public String render(List<Problem> problems) {
        return render(problems, "Nothing was started.");
    }

    /**
     * The same.
     *
     * @param closing what becomes of it, a sentence
     */
    public String render(List<Problem> problems, String closing) {
        StringBuilder out = new StringBuilder();
        problems.forEach(problem -> append(problem, out));
        return out.append(problems.size() == 1 ? "1 problem" : problems.size() + " problems")
                .append(". ")
                .append(closing)
                .append('\n')
                .toString();
    }

    private void append(Problem problem, StringBuilder out) {
        out.append(style("1", position(problem)))
                .append(printable(problem.message()))
                .append('\n');
        Problem.Excerpt excerpt = problem.excerpt();
        String hint = problem.hint();
        if (excerpt != null) {
            append(problem.line(), excerpt, hint, out);
        } else if (hint != null) {
            hint.lines()
                    .forEach(line -> out.append("     ").append(printable(line)).append('\n'));
        }
    }

    private void append(int number, Problem.Excerpt excerpt, @Nullable String hint, StringBuilder out) {
        String line = excerpt.line();
        int caret = Math.min(index(line, 0, excerpt.caret() - 1), line.length());
        int end = Math.min(index(line, caret, excerpt.length()), line.length());
        int from = line.length() <= WIDEST_LINE ? 0 : Math.max(0, caret - BEFORE_CARET);
        int to = Math.min(line.length(), from + WIDEST_LINE);
        String before = (from > 0 ? "…" : "") + printable(line.substring(from, caret));
        String marked = printable(line.substring(caret, Math.max(caret, Math.min(end, to))));
        String after = printable(line.substring(Math.max(caret, Math.min(end, to)), to));
        String label = String.format(Locale.ROOT, "%4d", number);
        out.append(label).append(" | ").append(before).append(marked).append(after);
        out.append(to < line.length() ? "…\n" : "\n");
        out.append(" ".repeat(label.length())).append(" | ").append(" ".repeat(before.length()));
        out.append(style("1;31", "^".repeat(Math.max(1, marked.codePointCount(0, marked.length())))));
        if (hint != null) {
            out.append(' ').append(style("36", printable(hint.replace("\n", "; "))));
        }
        out.append('\n');
    }

    private static String position(Problem problem) {
        if (problem.file().isEmpty()) {
            return "";
        }
        return problem.line() == 0
                ? problem.file() + ": "
                : problem.file() + ":" + problem.line() + ":" + problem.column() + ": ";
    }

    private static int index(String line, int from, int characters) {
        return characters >= line.codePointCount(from, line.length())
                ? line.length()
                : line.offsetByCodePoints(from, characters);
    }

    /** Tabs as spaces, so that carets stand where they should; a file must not be able to drive the terminal. */
    private static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c == '\t') {
                shown.append(TAB);
            } else {
                shown.appendCodePoint(Character.isISOControl(c) ? 0xFFFD : c);
            }
        });
        return shown.toString();
    }

    private String style(String codes, String text) {
        return color && !text.isEmpty() ? "\u001b[" + codes + "m" + text + "\u001b[0m" : text;
    }
}
