package dev.logagent.dist.config;

import dev.logagent.api.option.Interpolated;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A configuration that has been read, with all that it includes, but not validated: for that, the transports must be
 * known, and where more of them lie stands in the configuration. For use in one thread.
 */
public final class ConfigDocument {

    private final SourceText main;
    private final Surroundings surroundings;
    private final Findings findings;
    private final ConfigReader reader;

    private ConfigDocument(SourceText main, Surroundings surroundings, Findings findings, ConfigReader reader) {
        this.main = main;
        this.surroundings = surroundings;
        this.findings = findings;
        this.reader = reader;
    }

    /**
     * Reads a file and resolves <code>${…}</code>. What is wrong is kept for {@link #validate}, so that it comes together
     * with all the rest; that goes for a file that cannot be read, too.
     *
     * @param file as the user names it; relative to the working directory
     */
    public static ConfigDocument read(Path file, Surroundings surroundings) {
        Findings findings = new Findings();
        ConfigReader reader = new ConfigReader(surroundings, findings);
        SourceText main = reader.read(file);
        return new ConfigDocument(main, surroundings, findings, reader);
    }

    /** The folders in which the configuration wants transports to be looked for; absolute. */
    public List<Path> pluginDirs() {
        if (!(reader.tree().values().get(ConfigTables.GLOBAL) instanceof Map<?, ?> global)) {
            return List.of();
        }
        Object value = global.get(GlobalTable.PLUGIN_DIR);
        String text = value instanceof Interpolated i ? i.text() : value instanceof String s ? s : "";
        try {
            return text.isEmpty() ? List.of() : List.of(surroundings.absolute(text));
        } catch (InvalidPathException e) {
            return List.of(); // validation reports it
        }
    }

    /** Where the agent keeps its state, as far as that can be known whatever else is wrong; absolute. */
    public Path stateDir() {
        if (reader.tree().values().get(ConfigTables.GLOBAL) instanceof Map<?, ?> global) {
            Object value = global.get(GlobalTable.STATE_DIR);
            String text = value instanceof Interpolated i ? i.text() : value instanceof String s ? s : "";
            try {
                if (!text.isEmpty()) {
                    return surroundings.absolute(text);
                }
            } catch (InvalidPathException e) {
                return surroundings.defaultStateDirectory(); // validation reports it
            }
        }
        return surroundings.defaultStateDirectory();
    }

    /** All files that were read, this one first. */
    public List<Path> files() {
        return List.copyOf(reader.files());
    }

    /**
     * Validates everything. To be called once.
     *
     * @throws ConfigException with all that is wrong, by position
     */
    public LoadedConfig validate(Transports transports) throws ConfigException {
        ConfigTree tree = reader.tree();
        ProblemPlaces places = new ProblemPlaces(tree, main);
        SecretMask mask = new SecretMask();
        ConfigTables.SECTIONS.forEach(section -> mask.learn(section.table()));
        if (files().isEmpty()) {
            throw new ConfigException(findings.problems(mask));
        }
        Validation validation = new Validation(tree, places, findings, transports, surroundings);
        Validation.Valid valid = validation.run();
        if (valid == null) {
            transports.names().forEach(name -> transports.find(name).ifPresent(found -> mask.learn(found.options())));
            throw new ConfigException(findings.problems(mask));
        }
        return new LoadedConfig(
                valid.agent(),
                valid.transports(),
                valid.dashboard(),
                valid.alerts(),
                valid.effective(),
                valid.reloadOnChange(),
                pluginDirs(),
                files(),
                ConfigInputs.of(reader, surroundings),
                problems -> {
                    valid.transports().forEach(each -> mask.learn(each.options().table()));
                    Findings found = findings.none();
                    problems.forEach(problem -> places.locate(problem).ifPresent(found::add));
                    return new ConfigException(found.problems(mask));
                });
    }
}
