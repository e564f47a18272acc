package dev.logagent.dist.commands;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.logagent.core.transport.FailoverTransport.EndPoint;
import dev.logagent.dist.Invocation;
import dev.logagent.dist.check.CertificateCheck;
import dev.logagent.dist.check.DestinationCheck;
import dev.logagent.dist.check.Finding;
import dev.logagent.dist.check.Finding.Verdict;
import dev.logagent.dist.check.HostCheck;
import dev.logagent.dist.check.NetworkCheck;
import dev.logagent.dist.check.PortCheck;
import dev.logagent.dist.check.SystemCheck;
import dev.logagent.dist.client.JsonValue;
import dev.logagent.dist.config.TransportConfig;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code log-agent doctor}. */
@Command(
        name = "doctor",
        description = "Looks for the usual mistakes, and says what to do about each.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Looks at Java, configuration, permissions, folders, inotify, descriptors, disk, clock, names, ports,",
            "certificates and destinations, and asks the agent if one is running. Sends no log line, changes nothing.",
            "Run it as the user that the agent runs as. Exit code 0: nothing fails; 1: something does; 2: the",
            "configuration cannot be used.",
            "",
            "Examples:",
            "  sudo -u log-agent log-agent doctor --config /etc/log-agent/log-agent.config",
            "  log-agent doctor --quiet",
            "  log-agent doctor --json | jq 'select(.verdict != \"ok\")'"
        })
final class DoctorCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--json", description = "One JSON object a finding.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Only what is not as it should be.")
    private boolean quiet;

    private final List<Finding> findings = new ArrayList<>();

    DoctorCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Setup setup = Setup.load(config.file, invocation)) {
            tell(new Finding(Verdict.OK, "configuration", setup.files()));
            boolean running = agent();
            SystemCheck.run(setup.agent(), setup.config().files(), this::tell);
            HostCheck.run(setup.agent(), this::tell);
            CertificateCheck.run(setup.config().certificates().keySet(), this::tell);
            if (setup.dashboard().enabled() && !running) {
                tell(PortCheck.run(setup.dashboard()));
            }
            for (TransportConfig output : setup.outputs()) {
                output.endPoints().forEach(endPoint -> NetworkCheck.run(endPoint.address(), this::tell));
                destination(output, setup.endPoints(output));
            }
        }
        long failed = count(Verdict.FAIL);
        if (!json && !(quiet && failed + count(Verdict.WARN) == 0)) {
            invocation
                    .out()
                    .println(failed + " failed, " + count(Verdict.WARN) + " to look at, " + count(Verdict.OK)
                            + " as they should be");
        }
        return failed > 0 ? 1 : 0;
    }

    private long count(Verdict verdict) {
        return findings.stream().filter(finding -> finding.verdict() == verdict).count();
    }

    /** What the running agent itself complains of. Gives whether there is one. */
    private boolean agent() throws InterruptedException {
        try (LocalAgent agent = LocalAgent.of(config.file)) {
            if (!agent.isRunning()) {
                tell(new Finding(Verdict.OK, "agent", "none is running with this state folder"));
                return false;
            }
            tell(new Finding(Verdict.OK, "agent", "is running"));
            for (JsonValue problem :
                    agent.json("/api/stats").at("stats", "health", "problems").list()) {
                Verdict verdict = problem.text("severity").equals("error") ? Verdict.FAIL : Verdict.WARN;
                tell(new Finding(verdict, "agent: " + problem.text("what"), problem.text("says")));
            }
            return true;
        }
    }

    private void destination(TransportConfig output, List<EndPoint> endPoints) throws InterruptedException {
        try {
            DestinationCheck.run(output.output(), endPoints, null).forEach(this::tell);
        } finally {
            endPoints.forEach(endPoint -> endPoint.transport().close());
        }
    }

    private void tell(Finding finding) {
        findings.add(finding);
        if (quiet && finding.verdict() == Verdict.OK) {
            return;
        }
        invocation.out().println(json ? toJson(finding) : TextTable.printable(finding.toString()));
    }

    private static String toJson(Finding finding) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("verdict", finding.verdict().name().toLowerCase(Locale.ROOT));
            out.writeStringField("what", finding.what());
            out.writeStringField("sentence", finding.sentence());
            out.writeEndObject();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return text.toString();
    }
}
