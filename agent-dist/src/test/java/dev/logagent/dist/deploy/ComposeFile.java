package dev.logagent.dist.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code deploy/docker-compose.yml}. */
record ComposeFile(JsonNode root) {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+):-([^}]*)}");

    static ComposeFile read() throws IOException {
        return new ComposeFile(new YAMLMapper().readTree(Files.readString(file())));
    }

    static Path file() {
        return Command.repository().resolve("deploy/docker-compose.yml");
    }

    JsonNode service(String name) {
        JsonNode service = root.path("services").path(name);
        if (service.isMissingNode()) {
            throw new AssertionError("there is no service " + name);
        }
        return service;
    }

    /** The environment of a service, with the defaults of this file's variables unless they are given. */
    Map<String, String> environment(String service, Map<String, String> given) {
        Map<String, String> environment = new LinkedHashMap<>();
        service(service)
                .path("environment")
                .properties()
                .forEach(entry -> environment.put(
                        entry.getKey(), substitute(entry.getValue().asText(), given)));
        return environment;
    }

    /** What is mounted from the folder of this file: the file there, then the path in the container. */
    Map<Path, String> mountedFiles(String service) {
        Map<Path, String> files = new LinkedHashMap<>();
        for (String volume : strings(service(service).path("volumes"))) {
            String[] parts = volume.split(":");
            if (parts[0].startsWith("./")) {
                files.put(file().resolveSibling(parts[0]).normalize(), parts[1]);
            }
        }
        return files;
    }

    static List<String> strings(JsonNode list) {
        List<String> strings = new ArrayList<>();
        list.forEach(element -> strings.add(element.asText()));
        return strings;
    }

    private static String substitute(String text, Map<String, String> given) {
        return VARIABLE.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(given.getOrDefault(match.group(1), match.group(2))));
    }
}
