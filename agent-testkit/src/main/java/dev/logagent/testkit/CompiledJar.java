package dev.logagent.testkit;

import dev.logagent.api.Batch;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * A jar made from source texts, as a stranger to this project would make it: compiled against {@code agent-api} and
 * nothing else.
 */
public final class CompiledJar {

    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> resources = new LinkedHashMap<>();

    /** Adds a class by its full name. */
    public CompiledJar source(String name, String text) {
        sources.put(name, text);
        return this;
    }

    /** Adds any other file, by its path in the jar. */
    public CompiledJar resource(String path, String text) {
        resources.put(path, text);
        return this;
    }

    /** Names the classes that {@code ServiceLoader} is to find as transports. */
    public CompiledJar transport(String... factories) {
        return resource(
                "META-INF/services/dev.logagent.api.transport.TransportFactory", String.join("\n", factories) + "\n");
    }

    /**
     * Compiles and writes the jar; folders that are missing are made.
     *
     * @param api the jar or folder of {@code agent-api}, the only thing on the compiler's class path
     */
    public void write(Path jar, Path api) throws IOException {
        Path classes = Files.createTempDirectory("compiled");
        compile(classes, api);
        Path folder = jar.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream archive = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                archive.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                archive.write(Files.readAllBytes(file));
            }
            for (Map.Entry<String, String> resource : resources.entrySet()) {
                archive.putNextEntry(new JarEntry(resource.getKey()));
                archive.write(resource.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** Compiles against the {@code agent-api} that this test runs with. */
    public void write(Path jar) throws IOException {
        try {
            write(
                    jar,
                    Path.of(Batch.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI()));
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private void compile(Path classes, Path api) throws IOException {
        if (sources.isEmpty()) {
            return;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<JavaFileObject> units = new ArrayList<>();
        sources.forEach((name, text) -> units.add(new Source(name, text)));
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
            files.setLocationFromPaths(StandardLocation.CLASS_PATH, List.of(api));
            List<String> options = List.of("--release", "17", "-proc:none", "-Xlint:-options");
            if (!compiler.getTask(messages, files, null, options, null, units).call()) {
                throw new UncheckedIOException(new IOException("does not compile:\n" + messages));
            }
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
