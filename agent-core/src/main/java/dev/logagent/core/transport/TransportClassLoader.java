package dev.logagent.core.transport;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;

/**
 * Loads one transport: it sees the JDK, the packages that it shares with the agent, and its own jars. Nothing else of the
 * agent is visible to it, resources included, so that two transports may carry different versions of one library. Safe
 * for use by several threads.
 */
public final class TransportClassLoader extends URLClassLoader {

    private static final List<String> SHARED = List.of("dev.logagent.api.", "org.slf4j.", "org.jspecify.");

    private final ClassLoader agent;

    static {
        registerAsParallelCapable();
    }

    /**
     * @param label names the loader in stack traces
     * @param jars the transport's own jars
     * @param agent the loader of the shared packages
     */
    public TransportClassLoader(String label, List<Path> jars, ClassLoader agent) {
        super("transport-" + label, urls(jars), ClassLoader.getPlatformClassLoader());
        this.agent = agent;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return isShared(name) ? agent.loadClass(name) : super.loadClass(name, resolve);
    }

    private static boolean isShared(String className) {
        for (String prefix : SHARED) {
            if (className.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private static URL[] urls(List<Path> jars) {
        URL[] urls = new URL[jars.size()];
        for (int i = 0; i < urls.length; i++) {
            try {
                urls[i] = jars.get(i).toUri().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalArgumentException("not the path of a jar: " + jars.get(i), e);
            }
        }
        return urls;
    }
}
