package dev.logagent.dist;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/**
 * Signals. Of the requests to stop, the first one runs an action, the second ends the process at once with exit code 1.
 *
 * <p>A shutdown hook cannot do this: the exit code would be 143 whatever the hook does, and a second signal would be
 * ignored while the hook runs. The JDK's only interface to signals is {@code sun.misc.Signal}, which every JDK exports
 * in {@code jdk.unsupported}; the compiler's warning about it cannot be silenced, so it is reached by reflection.
 */
public final class Signals {

    private static final List<String> STOPPING = List.of("TERM", "INT", "HUP");

    private Signals() {}

    /**
     * Replaces what signals to stop do for the rest of the process's life.
     *
     * @param onStop runs in a thread of its own, at most once
     */
    public static void onStop(Runnable onStop) {
        AtomicBoolean stopping = new AtomicBoolean();
        handle(STOPPING, () -> {
            if (stopping.compareAndSet(false, true)) {
                onStop.run();
            } else {
                Runtime.getRuntime().halt(1);
            }
        });
    }

    /**
     * Replaces what a hang-up does, for those who do not stop upon it; after {@link #onStop}.
     *
     * @param onHangUp runs in a thread of its own, each time
     */
    public static void onHangUp(Runnable onHangUp) {
        handle(List.of("HUP"), onHangUp);
    }

    private static void handle(List<String> names, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object handler = Proxy.newProxyInstance(
                    handlerType.getClassLoader(), new Class<?>[] {handlerType}, (self, method, args) -> {
                        if (method.getDeclaringClass() == Object.class) {
                            return method.getName().equals("equals")
                                    ? (Object) (self == args[0])
                                    : method.invoke(action, args);
                        }
                        action.run();
                        return null;
                    });
            for (String name : names) {
                // One that the parent ignores (nohup, a shell's background job) stays ignored: the JVM sees to that.
                signal.getMethod("handle", signal, handlerType)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
            }
        } catch (ReflectiveOperationException e) {
            LoggerFactory.getLogger("log-agent")
                    .warn("signals cannot be handled by this Java, a stop may repeat lines at the next start: {}", e);
        }
    }
}
