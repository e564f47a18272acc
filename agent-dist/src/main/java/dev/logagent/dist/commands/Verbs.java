package dev.logagent.dist.commands;

import dev.logagent.api.option.Suggestion;
import dev.logagent.dist.Invocation;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The verbs of the command line. Only the one that is asked for is loaded. */
public final class Verbs {

    /** In the order of the help. */
    private static final List<String> NAMES = List.of(
            "run",
            "validate",
            "check",
            "init",
            "transports",
            "receive",
            "sources",
            "files",
            "outputs",
            "alerts",
            "tap",
            "top",
            "reload",
            "pause",
            "resume",
            "flush",
            "spool",
            "dead-letter",
            "doctor",
            "config",
            "completion");

    private static final String DEFAULT = "run";
    private static final int HELP_WIDTH = 110;

    private Verbs() {}

    /** Runs the verb that the arguments name, {@code run} if they name none, and gives the exit code. */
    public static int execute(Invocation invocation, String... args) {
        if (args.length == 0 || (args[0].startsWith("-") && !isForProgram(args[0]))) {
            String[] withVerb = new String[args.length + 1];
            withVerb[0] = DEFAULT;
            System.arraycopy(args, 0, withVerb, 1, args.length);
            return commandLine(invocation, List.of(DEFAULT)).execute(withVerb);
        }
        if (isForProgram(args[0])) {
            return commandLine(invocation, NAMES).execute(args);
        }
        if (NAMES.contains(args[0])) {
            return commandLine(invocation, List.of(args[0])).execute(args);
        }
        String nearest = Suggestion.nearest(args[0], NAMES);
        invocation
                .err()
                .println("log-agent: there is no verb '" + args[0] + "'"
                        + (nearest == null
                                ? "; there are: " + String.join(", ", NAMES)
                                : ", did you mean '" + nearest + "'?"));
        invocation.err().println("See: log-agent --help");
        return 2;
    }

    /** The whole program, all verbs included. */
    static CommandLine all(Invocation invocation) {
        return commandLine(invocation, NAMES);
    }

    private static boolean isForProgram(String option) {
        return List.of("-h", "--help", "-V", "--version").contains(option);
    }

    private static CommandLine commandLine(Invocation invocation, List<String> verbs) {
        CommandLine line = new CommandLine(new RootCommand());
        verbs.forEach(verb -> line.addSubcommand(verb, create(verb, invocation)));
        line.setUsageHelpWidth(HELP_WIDTH);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setOut(new PrintWriter(invocation.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(invocation.err(), true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((problem, args) -> explain(problem, invocation));
        line.setExecutionExceptionHandler((failure, command, result) -> explain(failure, invocation));
        return line;
    }

    /** A switch, since a list of classes would load them all. */
    private static Object create(String verb, Invocation invocation) {
        return switch (verb) {
            case "run" -> new RunCommand(invocation);
            case "validate" -> new ValidateCommand(invocation);
            case "check" -> new CheckCommand(invocation);
            case "init" -> new InitCommand(invocation);
            case "transports" -> new TransportsCommand(invocation);
            case "receive" -> new ReceiveCommand(invocation);
            case "outputs" -> new OutputsCommand(invocation);
            case "alerts" -> new AlertsCommand(invocation);
            case "tap" -> new TapCommand(invocation);
            case "top" -> new TopCommand(invocation);
            case "reload" -> new ReloadCommand(invocation);
            case "pause" -> new PauseCommand(invocation);
            case "resume" -> new ResumeCommand(invocation);
            case "flush" -> new FlushCommand(invocation);
            case "doctor" -> new DoctorCommand(invocation);
            case "sources" -> new SourcesCommand(invocation);
            case "spool" -> new SpoolCommand(invocation);
            case "files" ->
                new CommandLine(new FilesCommand(invocation)).addSubcommand("rewind", new RewindCommand(invocation));
            case "dead-letter" -> DeadLetterCommand.create(invocation);
            case "config" -> new ConfigCommand(invocation);
            case "completion" -> new CompletionCommand(invocation);
            default -> throw new IllegalArgumentException("no verb " + verb);
        };
    }

    private static int explain(ParameterException problem, Invocation invocation) {
        CommandLine command = problem.getCommandLine();
        invocation.err().println("log-agent: " + problem.getMessage());
        if (problem instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
            String nearest = Suggestion.nearest(
                    word, command.getCommandSpec().optionsMap().keySet());
            if (nearest != null) {
                invocation.err().println("Did you mean: " + nearest + "?");
            }
        }
        invocation.err().println("See: " + command.getCommandSpec().qualifiedName() + " --help");
        return 2;
    }

    private static int explain(Exception failure, Invocation invocation) {
        if (failure instanceof CommandFailure known) {
            invocation.err().println(known.getMessage());
            return known.exitCode();
        }
        if (failure instanceof InterruptedException) {
            invocation.err().println("log-agent: interrupted");
            return 1;
        }
        if (failure instanceof AccessDeniedException denied) {
            invocation
                    .err()
                    .println("log-agent: " + denied.getFile() + " belongs to another user: run this as the one that"
                            + " the agent runs as, or as root");
            return 1;
        }
        invocation.err().println("log-agent: this should not have happened, please report it: " + failure);
        if ("debug".equalsIgnoreCase(invocation.env().get("LOG_AGENT_LOG_LEVEL"))) {
            failure.printStackTrace(invocation.err());
        } else {
            invocation.err().println("LOG_AGENT_LOG_LEVEL=debug shows where.");
        }
        return 1;
    }
}
