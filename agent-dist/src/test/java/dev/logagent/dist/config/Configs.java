package dev.logagent.dist.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A folder in which configurations are written and loaded, with an environment of its own. */
record Configs(Path folder, Map<String, String> environment) {

    static final String MINIMAL = """
            [global]
            agent_name = "a"
            end_point = "http://localhost:8080/log"
            send_type = "HTTP"

            [[sources]]
            name = "app1"
            log_path = "/var/log/app1.log"
            """;

    static Configs in(Path folder) {
        return new Configs(folder, Map.of());
    }

    Configs with(Map<String, String> variables) {
        return new Configs(folder, variables);
    }

    Surroundings surroundings() {
        return new Surroundings(environment, folder, folder.resolve("etc"), folder.resolve("state"), "host1");
    }

    Configs write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(file, text);
        return this;
    }

    LoadedConfig load() throws ConfigException {
        return ConfigDocument.read(Path.of(ConfigLocation.FILE_NAME), surroundings())
                .validate(new TestTransports());
    }

    LoadedConfig load(String text) throws ConfigException, IOException {
        return write(ConfigLocation.FILE_NAME, text).load();
    }

    /** What is wrong; fails if nothing is. */
    List<Problem> problems() {
        try {
            load();
        } catch (ConfigException e) {
            return e.problems();
        }
        throw new AssertionError("nothing is wrong");
    }

    String report() {
        return new ProblemPrinter(false).render(problems());
    }

    String report(String text) throws IOException {
        return write(ConfigLocation.FILE_NAME, text).report();
    }
}
