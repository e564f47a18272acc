package dev.logagent.dist.commands;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page of one command, in the language of man(7), from what its {@code --help} says. */
final class ManPage {

    private static final Help.ColorScheme PLAIN = new Help.ColorScheme.Builder(Help.Ansi.OFF).build();

    private final CommandSpec command;
    private final StringBuilder out = new StringBuilder();

    private ManPage(CommandSpec command) {
        this.command = command;
    }

    /** The name of the page, such as {@code log-agent-files-rewind}. */
    static String name(CommandSpec command) {
        return command.qualifiedName("-");
    }

    static String of(CommandSpec command) {
        ManPage page = new ManPage(command);
        page.write();
        return page.out.toString();
    }

    private void write() {
        String description = String.join(" ", command.usageMessage().description());
        line(".\\\" Made from the help texts by a test; see CONTRIBUTING.md.");
        line(".TH " + name(command).toUpperCase(Locale.ROOT) + " 1 \"\" log-agent \"log-agent manual\"");
        section("NAME");
        text(name(command) + " - " + decapitalised(description));
        section("SYNOPSIS");
        line(".nf");
        new Help(command, PLAIN).synopsis(0).lines().forEach(this::text);
        line(".fi");
        section("DESCRIPTION");
        text(description);
        options();
        verbs();
        footer();
        section("SEE ALSO");
        line(".BR log\\-agent (1)");
    }

    private static String decapitalised(String sentence) {
        String start = sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
        return start.endsWith(".") ? start.substring(0, start.length() - 1) : start;
    }

    private void options() {
        List<PositionalParamSpec> parameters = command.positionalParameters();
        if (!parameters.isEmpty()) {
            section("ARGUMENTS");
            parameters.forEach(parameter -> item(parameter.paramLabel(), parameter));
        }
        section("OPTIONS");
        for (OptionSpec option : command.options()) {
            if (!option.hidden()) {
                String names = String.join(", ", option.names());
                item(option.arity().max() == 0 ? names : names + " " + option.paramLabel(), option);
            }
        }
    }

    private void item(String title, ArgSpec argument) {
        line(".TP");
        line(".B " + escaped(title));
        for (String part : argument.description()) {
            String candidates =
                    argument.completionCandidates() == null ? "" : String.join(", ", argument.completionCandidates());
            text(part.replace("${COMPLETION-CANDIDATES}", candidates));
        }
    }

    private void verbs() {
        Map<String, CommandLine> verbs = command.subcommands();
        if (verbs.isEmpty()) {
            return;
        }
        section("VERBS");
        verbs.forEach((name, verb) -> {
            line(".TP");
            line(".B " + escaped(name));
            text(String.join(" ", verb.getCommandSpec().usageMessage().description()));
        });
    }

    /** What stands under the options in the help: sentences, and examples as they are. */
    private void footer() {
        boolean examples = false;
        boolean open = false;
        for (String footer : command.usageMessage().footer()) {
            if (footer.equals("Examples:")) {
                section("EXAMPLES");
                line(".nf");
                examples = true;
            } else if (examples && footer.isEmpty()) {
                line(".fi");
                examples = false;
                open = false;
            } else if (examples) {
                text(footer.strip());
            } else if (!footer.isEmpty()) {
                if (!open) {
                    section("NOTES");
                    open = true;
                }
                text(footer.strip());
            }
        }
        if (examples) {
            line(".fi");
        }
    }

    private void section(String title) {
        line(".SH " + title);
    }

    private void text(String text) {
        String escaped = escaped(text);
        line(escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-").replace("\u2026", "...");
    }

    private void line(String line) {
        out.append(line.stripTrailing()).append('\n');
    }
}
