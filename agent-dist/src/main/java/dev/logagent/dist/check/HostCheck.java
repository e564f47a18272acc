package dev.logagent.dist.check;

import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.SourceConfig;
import dev.logagent.core.inventory.Discovery;
import dev.logagent.core.inventory.FoundFile;
import dev.logagent.core.inventory.FoundFile.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.function.Consumer;

/** Tries what the agent needs from this host. Changes nothing. */
public final class HostCheck {

    private static final long SCARCE_BYTES = 64L << 20;
    private static final long MIB = 1L << 20;

    private HostCheck() {}

    /** Gives a finding for each source, and for the state folder. */
    public static void run(AgentConfig config, Consumer<Finding> findings) {
        for (SourceConfig source : config.sources()) {
            if (source.discovery() == null) {
                checkSource(source, findings);
            } else {
                checkDiscovery(config, findings);
            }
        }
        findings.accept(stateFolder(config.global().stateDir()));
    }

    private static void checkDiscovery(AgentConfig config, Consumer<Finding> findings) {
        List<FoundFile> files = Discovery.usual(config).look();
        long logs =
                files.stream().filter(file -> file.state() == State.FOLLOWED).count();
        findings.accept(Finding.ok("discovery", logs + " logs are found and readable"));
        for (FoundFile file : files) {
            if (file.state() == State.UNREADABLE) {
                findings.accept(Finding.warn(
                        "discovery",
                        file.path() + " cannot be read by user " + System.getProperty("user.name") + ": "
                                + file.reason()));
            }
        }
    }

    private static void checkSource(SourceConfig source, Consumer<Finding> findings) {
        String what = "source '" + source.name() + "'";
        if (source.logPaths().isEmpty()) {
            findings.accept(InputCheck.run(what, source.input()));
            return;
        }
        List<Path> files;
        try {
            files = LogFiles.matching(source.logPaths(), source.exclude());
        } catch (IOException | RuntimeException e) {
            findings.accept(Finding.fail(what, "its paths cannot be searched: " + e.getMessage()));
            return;
        }
        if (files.isEmpty()) {
            findings.accept(Finding.warn(
                    what,
                    "no file yet at " + String.join(", ", source.logPaths())
                            + ": the agent waits for it; if there should be one, check the path and who may enter its"
                            + " folder"));
            return;
        }
        List<Path> special =
                files.stream().filter(file -> !Files.isRegularFile(file)).toList();
        if (!special.isEmpty()) {
            special.forEach(file -> findings.accept(Finding.fail(
                    what, file + " is no regular file, the agent does not read it: have the program write to a file")));
            return;
        }
        List<Path> unreadable =
                files.stream().filter(file -> !Files.isReadable(file)).toList();
        unreadable.forEach(file -> findings.accept(Finding.fail(
                what,
                file + " cannot be read by user " + System.getProperty("user.name")
                        + ": add the user to the file's group, or run: setfacl -m u:"
                        + System.getProperty("user.name") + ":r '" + file + "'")));
        if (unreadable.isEmpty()) {
            findings.accept(Finding.ok(
                    what, files.size() == 1 ? files.get(0) + " is readable" : files.size() + " files are readable"));
        }
    }

    private static Finding stateFolder(Path folder) {
        String what = "state folder " + folder;
        Path existing = folder.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing)) {
            return Finding.fail(what, existing + " is no folder: set state_dir to another place");
        }
        try {
            if (existing.equals(folder.toAbsolutePath()) && othersMayWrite(existing)) {
                return Finding.fail(
                        what, "everyone may write to it, so the agent does not trust it: chmod 700 " + existing);
            }
            Files.delete(Files.createTempFile(existing, ".log-agent-check", null));
            long free = Files.getFileStore(existing).getUsableSpace();
            String space = free / MIB + " MiB free";
            if (free < SCARCE_BYTES) {
                return Finding.warn(what, "writable, but only " + space + ": make room, or set state_dir elsewhere");
            }
            return Finding.ok(
                    what, (existing.equals(folder.toAbsolutePath()) ? "writable, " : "can be made, ") + space);
        } catch (IOException e) {
            return Finding.fail(
                    what,
                    existing + " cannot be written to by user " + System.getProperty("user.name")
                            + ": set state_dir to a folder that can, or change its owner");
        }
    }

    private static boolean othersMayWrite(Path folder) throws IOException {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE);
    }
}
