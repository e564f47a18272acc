package dev.logagent.dist.commands;

import dev.logagent.api.option.OptionSpec;
import dev.logagent.core.transport.LoadedFactory;
import dev.logagent.core.transport.TransportRegistry;
import dev.logagent.dist.Invocation;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code log-agent transports}. */
@Command(
        name = "transports",
        description = "Lists the transports that are installed, with their options.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  log-agent transports              all of them",
            "  log-agent transports http         only one",
            "  log-agent transports --plugin-dir /opt/more-transports"
        })
final class TransportsCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Show only this one.")
    private @Nullable String name;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(
            names = "--plugin-dir",
            paramLabel = "DIR",
            description = "Look here too, besides plugin_dir of the configuration. May be repeated.")
    private List<Path> pluginDirs = new ArrayList<>();

    TransportsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        List<Path> folders = new ArrayList<>(invocation.home().transportFolders());
        folders.addAll(Setup.pluginDirs(config.file));
        folders.addAll(pluginDirs);
        try (TransportRegistry registry =
                new TransportRegistry(folders, warning -> invocation.err().println("warning: " + warning))) {
            List<LoadedFactory> shown = registry.all().stream()
                    .filter(factory -> name == null || factory.name().equalsIgnoreCase(name))
                    .toList();
            if (shown.isEmpty()) {
                throw CommandFailure.usage("log-agent: "
                        + (name == null ? "no transport is installed; searched: " + folders : registry.unknown(name)));
            }
            shown.forEach(this::print);
            return 0;
        }
    }

    private void print(LoadedFactory factory) {
        PrintStream out = invocation.out();
        out.println(factory.name() + "  " + factory.summary());
        out.println("  from " + factory.place() + ", format "
                + factory.defaultFormat().name().toLowerCase(Locale.ROOT) + " unless configured");
        List<OptionSpec> options = factory.options().specs();
        out.println(
                options.isEmpty()
                        ? "  takes no options"
                        : "  [transport." + factory.name().toLowerCase(Locale.ROOT)
                                + "], or options of one of [[outputs]]");
        options.forEach(option -> print(option, "    "));
        out.println();
    }

    private void print(OptionSpec option, String indent) {
        StringBuilder line =
                new StringBuilder(indent + option.key() + "  " + option.type().phrase());
        if (!option.allowed().isEmpty()) {
            line.append(": ").append(String.join(", ", option.allowed()));
        }
        if (option.required()) {
            line.append(", required");
        } else if (option.defaultValue() != null) {
            line.append(", default ").append(option.defaultValue());
        }
        invocation.out().println(line);
        if (!option.doc().isEmpty()) {
            invocation.out().println(indent + "    " + option.doc());
        }
        if (option.columns() != null) {
            option.columns().specs().forEach(column -> print(column, indent + "    "));
        }
    }
}
