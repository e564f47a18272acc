package dev.logagent.dist.program;

import dev.logagent.testkit.CompiledJar;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/** A transport whose jar lacks a library that it needs. */
final class BrokenTransport {

    private static final String FACTORY = """
            package broken;

            import dev.logagent.api.option.OptionTable;
            import dev.logagent.api.transport.Transport;
            import dev.logagent.api.transport.TransportContext;
            import dev.logagent.api.transport.TransportFactory;

            public class Factory implements TransportFactory {
                public String name() { return "broken"; }
                public String summary() { return "Misses a library."; }
                public OptionTable options() { return OptionTable.of(); }
                public Transport create(TransportContext context) {
                    lost.Library.load();
                    throw new IllegalStateException("not reached");
                }
            }
            """;

    private BrokenTransport() {}

    static void write(Path jar) throws IOException {
        new CompiledJar()
                .source("broken.Factory", FACTORY)
                .source("lost.Library", "package lost; public class Library { public static void load() {} }")
                .transport("broken.Factory")
                .write(jar);
        try (FileSystem archive = FileSystems.newFileSystem(jar)) {
            Files.delete(archive.getPath("lost/Library.class"));
        }
    }
}
