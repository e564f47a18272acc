package dev.logagent.dist;

import java.io.PrintStream;
import java.util.Map;

/**
 * One call of the program: what a verb may know of the world.
 *
 * @param out for results
 * @param err for messages
 * @param env the environment variables
 * @param home where the program is installed
 */
public record Invocation(PrintStream out, PrintStream err, Map<String, String> env, Home home) {

    public Invocation {
        env = Map.copyOf(env);
    }
}
