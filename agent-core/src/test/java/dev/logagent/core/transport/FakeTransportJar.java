package dev.logagent.core.transport;

import dev.logagent.testkit.CompiledJar;

/** Jars with transports that deliver nowhere, and tell in {@code check()} which library they see. */
final class FakeTransportJar {

    private FakeTransportJar() {}

    /** A transport of that name that carries its own version of {@code shared.Library}. */
    static CompiledJar of(String name, String libraryVersion) {
        return new CompiledJar()
                .source("fake.Factory", SOURCE.replace("NAME", name))
                .source(
                        "shared.Library",
                        "package shared; public class Library { public static String version() { return \""
                                + libraryVersion + "\"; } }")
                .resource("own.txt", libraryVersion)
                .transport("fake.Factory");
    }

    private static final String SOURCE = """
            package fake;

            import dev.logagent.api.Batch;
            import dev.logagent.api.option.OptionTable;
            import dev.logagent.api.transport.SendResult;
            import dev.logagent.api.transport.Transport;
            import dev.logagent.api.transport.TransportContext;
            import dev.logagent.api.transport.TransportFactory;

            public class Factory implements TransportFactory {
                public String name() { return "NAME"; }
                public String summary() { return "Delivers nowhere."; }
                public OptionTable options() { return OptionTable.of(); }
                public Transport create(TransportContext context) {
                    return new Transport() {
                        public SendResult send(Batch batch) { return SendResult.delivered(); }
                        public String check() {
                            ClassLoader context = Thread.currentThread().getContextClassLoader();
                            return shared.Library.version() + " " + (context == getClass().getClassLoader());
                        }
                        public void close() {}
                    };
                }
            }
            """;
}
