package dev.logagent.core.transport;

import dev.logagent.api.encode.Format;
import dev.logagent.api.option.InvalidOptionsException;
import dev.logagent.api.option.OptionTable;
import dev.logagent.api.transport.Transport;
import dev.logagent.api.transport.TransportContext;
import dev.logagent.api.transport.TransportFactory;
import java.nio.file.Path;

/** A factory together with the loader it came from. Transports it makes become unusable when the loader is closed. */
public final class LoadedFactory implements TransportFactory {

    private final TransportFactory factory;
    private final TransportClassLoader loader;
    private final TransportPlace place;

    LoadedFactory(TransportFactory factory, TransportClassLoader loader, TransportPlace place) {
        this.factory = factory;
        this.loader = loader;
        this.place = place;
    }

    @Override
    public String name() {
        return factory.name();
    }

    @Override
    public String summary() {
        return factory.summary();
    }

    @Override
    public OptionTable options() {
        ClassLoader before = ContextLoader.swap(loader);
        try {
            return factory.options();
        } finally {
            ContextLoader.swap(before);
        }
    }

    @Override
    public Format defaultFormat() {
        return factory.defaultFormat();
    }

    /** @throws IllegalStateException with a message for the user, if a library of the transport is missing or broken */
    @Override
    public Transport create(TransportContext context) throws InvalidOptionsException {
        ClassLoader before = ContextLoader.swap(loader);
        try {
            return new LoadedTransport(factory.create(context), loader);
        } catch (LinkageError e) {
            throw new IllegalStateException(
                    "the transport '" + name() + "' in " + place.path() + " cannot be loaded, a library is missing or"
                            + " does not fit: " + e,
                    e);
        } finally {
            ContextLoader.swap(before);
        }
    }

    /** The folder of the transport's jars, or its single jar. */
    public Path place() {
        return place.path();
    }

    TransportClassLoader loader() {
        return loader;
    }
}
