package dev.logagent.dist;

import dev.logagent.dist.commands.Verbs;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The program. Exit codes: 0 all is well, 1 it failed while running, 2 bad usage or configuration. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        // Before any class that logs is loaded: the logger reads its settings once.
        LogSettings.apply(System.getenv());
        Invocation invocation = new Invocation(
                standard(FileDescriptor.out), standard(FileDescriptor.err), System.getenv(), Home.find());
        int code = Verbs.execute(invocation, args);
        invocation.out().flush();
        invocation.err().flush();
        System.exit(code);
    }

    private static PrintStream standard(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
