package dev.logagent.core.transport;

import dev.logagent.api.option.Suggestion;
import dev.logagent.api.transport.TransportFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds transports by name in folders of jars. Jars are opened when somebody asks, and those that were not asked for are
 * closed at once. A broken jar is reported and does not keep others from being found. For use by one thread at a time.
 */
public final class TransportRegistry implements AutoCloseable {

    private final List<Path> folders;
    private final Consumer<String> warnings;
    private final List<LoadedFactory> open = new ArrayList<>();
    private final Map<String, LoadedFactory> found = new HashMap<>();
    private final LinkedHashSet<String> warned = new LinkedHashSet<>();

    /**
     * @param folders where to look; one that is listed twice is read once
     * @param warnings gets a sentence for the user about each thing that was passed over, once
     */
    public TransportRegistry(List<Path> folders, Consumer<String> warnings) {
        this.folders = folders.stream()
                .map(folder -> folder.toAbsolutePath().normalize())
                .distinct()
                .toList();
        this.warnings = warnings;
    }

    /**
     * The factory of that name, compared without case. It works until the registry is closed.
     *
     * @throws AmbiguousTransportException if there are two
     */
    public Optional<LoadedFactory> find(String name) {
        LoadedFactory known = found.get(name.toLowerCase(Locale.ROOT));
        if (known != null) {
            return Optional.of(known);
        }
        LoadedFactory match = null;
        for (TransportPlace place : places()) {
            List<LoadedFactory> here = load(place);
            for (LoadedFactory candidate : here) {
                if (!candidate.name().equalsIgnoreCase(name)) {
                    continue;
                }
                if (match != null) {
                    throw new AmbiguousTransportException(match, candidate);
                }
                match = candidate;
            }
            closeUnless(here, match);
        }
        if (match != null) {
            found.put(name.toLowerCase(Locale.ROOT), match);
        }
        return Optional.ofNullable(match);
    }

    /** All factories, in the order of the folders. They work until the registry is closed. */
    public List<LoadedFactory> all() {
        return places().stream().flatMap(place -> load(place).stream()).toList();
    }

    /** The names of all transports, sorted; lower case as they are written. Keeps no jar open. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (TransportPlace place : places()) {
            List<LoadedFactory> here = load(place);
            here.forEach(factory -> names.add(factory.name()));
            closeUnless(here, null);
        }
        return names.stream().distinct().sorted().toList();
    }

    /** The folders that are searched, absolute. */
    public List<Path> searched() {
        return folders;
    }

    /** What to tell a user who asked for a transport that there is not. */
    public String unknown(String name) {
        List<String> names = names();
        String nearest = Suggestion.nearest(name, names);
        return "there is no transport '" + name + "'" + (nearest == null ? "" : ", did you mean '" + nearest + "'?")
                + (names.isEmpty() ? "; none was found" : "; there are: " + String.join(", ", names))
                + (folders.isEmpty()
                        ? "; no folder was searched"
                        : "; searched: "
                                + String.join(
                                        ", ",
                                        folders.stream().map(Path::toString).toList()));
    }

    private List<TransportPlace> places() {
        return folders.stream()
                .flatMap(folder -> TransportFolder.scan(folder, this::warn).stream())
                .toList();
    }

    private List<LoadedFactory> load(TransportPlace place) {
        TransportClassLoader loader;
        try {
            loader = place.open();
        } catch (IOException e) {
            warn("no transport is taken from " + place.path() + ": " + e.getMessage());
            return List.of();
        }
        List<LoadedFactory> factories = new ArrayList<>();
        ClassLoader before = ContextLoader.swap(loader);
        try {
            for (TransportFactory factory : ServiceLoader.load(TransportFactory.class, loader)) {
                if (factory.name().isBlank()) {
                    throw new IllegalStateException(factory.getClass().getName() + " has no name");
                }
                factories.add(new LoadedFactory(factory, loader, place));
            }
            if (factories.isEmpty()) {
                warn("no transport is taken from " + place.path() + ": no jar in it has META-INF/services/"
                        + TransportFactory.class.getName());
            }
        } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
            factories.clear();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            warn("no transport is taken from " + place.path() + ": " + cause);
        } finally {
            ContextLoader.swap(before);
        }
        if (factories.isEmpty()) {
            close(loader);
        }
        open.addAll(factories);
        return factories;
    }

    /** Closes the loader of {@code factories} unless {@code kept} came from it, too. */
    private void closeUnless(List<LoadedFactory> factories, @Nullable LoadedFactory kept) {
        if (factories.isEmpty()) {
            return;
        }
        TransportClassLoader loader = factories.get(0).loader();
        if (kept == null || kept.loader() != loader) {
            open.removeAll(factories);
            close(loader);
        }
    }

    private void warn(String sentence) {
        if (warned.add(sentence)) {
            warnings.accept(sentence);
        }
    }

    private void close(TransportClassLoader loader) {
        try {
            loader.close();
        } catch (IOException e) {
            warn("a jar of " + loader.getName() + " could not be closed: " + e.getMessage());
        }
    }

    /** Closes all jars: transports that came from them cannot be used any more. */
    @Override
    public void close() {
        open.stream().map(LoadedFactory::loader).distinct().forEach(this::close);
        open.clear();
        found.clear();
    }
}
