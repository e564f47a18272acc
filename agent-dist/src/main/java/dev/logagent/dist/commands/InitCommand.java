package dev.logagent.dist.commands;

import dev.logagent.core.inventory.FoundFile;
import dev.logagent.core.inventory.FoundFile.State;
import dev.logagent.dist.Invocation;
import dev.logagent.dist.config.Surroundings;
import dev.logagent.dist.init.Inventory;
import dev.logagent.dist.init.StarterConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code log-agent init}. */
@Command(
        name = "init",
        description = "Looks for logs on this host and writes a configuration that reads them.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "An agent finds logs without being told of them, too, and goes on finding new ones: give it a configuration",
            "with [discovery] instead of [[sources]]. What init writes stays as it is, and is yours to change.",
            "",
            "Examples:",
            "  log-agent init                                       writes ./log-agent.config",
            "  log-agent init --end-point https://logs.example.com/log --output /etc/log-agent/log-agent.config",
            "  log-agent init --output -                            only prints it"
        })
final class InitCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            defaultValue = "log-agent.config",
            description = "Where to write; - is standard output. Default: ${DEFAULT-VALUE}")
    private String output = "";

    @Option(
            names = "--end-point",
            paramLabel = "URL",
            defaultValue = "http://localhost:8080/log",
            description = "Where the logs are to go. Default: ${DEFAULT-VALUE}, where \"log-agent receive\" listens")
    private String endPoint = "";

    @Option(
            names = "--send-type",
            paramLabel = "NAME",
            defaultValue = "HTTP",
            description = "The transport. Default: ${DEFAULT-VALUE}")
    private String sendType = "";

    @Option(
            names = "--scan",
            paramLabel = "DIR",
            defaultValue = "/var/log",
            description = "Where to look for logs. Default: ${DEFAULT-VALUE}")
    private Path scan = Path.of("");

    @Option(names = "--force", description = "Overwrite the file if there is one.")
    private boolean force;

    InitCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        Path root = scan.toAbsolutePath().normalize();
        Path state = Surroundings.ofProcess().defaultStateDirectory();
        List<FoundFile> files = Inventory.below(root, state).files();
        String config = StarterConfig.text(agentName(), endPoint, sendType, root, files);
        if (output.equals("-")) {
            invocation.out().print(config);
            return 0;
        }
        write(Path.of(output), config);
        long logs =
                files.stream().filter(file -> file.state() == State.FOLLOWED).count();
        invocation
                .out()
                .println("wrote " + output + ": " + logs + (logs == 1 ? " log" : " logs") + " found below " + root);
        invocation.out().println("Next: look it over, then: log-agent check --config " + output);
        return 0;
    }

    private void write(Path file, String config) {
        OpenOption[] options = force
                ? new OpenOption[] {
                    StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE
                }
                : new OpenOption[] {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
        try {
            Files.writeString(file, config, options);
        } catch (FileAlreadyExistsException e) {
            throw CommandFailure.usage(
                    "log-agent: " + file + " exists; --force overwrites it, --output writes another file");
        } catch (AccessDeniedException e) {
            throw CommandFailure.running("log-agent: cannot write " + file + ": permission denied");
        } catch (NoSuchFileException e) {
            throw CommandFailure.running("log-agent: cannot write " + file + ": there is no such folder");
        } catch (IOException e) {
            throw CommandFailure.running("log-agent: cannot write " + file + ": " + e.getMessage());
        }
    }

    private static String agentName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "my-host";
        }
    }
}
