package dev.logagent.core;

import dev.logagent.core.ack.Positions;
import dev.logagent.core.config.GlobalConfig;
import dev.logagent.core.config.InputConfig;
import dev.logagent.core.config.InputConfig.Journald;
import dev.logagent.core.config.InputConfig.Kmsg;
import dev.logagent.core.config.MultilineConfig;
import dev.logagent.core.config.SourceConfig;
import dev.logagent.core.config.SourceConfig.StartAt;
import dev.logagent.core.detector.Detectors;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.input.Feed;
import dev.logagent.core.input.Input;
import dev.logagent.core.input.InputThread;
import dev.logagent.core.input.Intake;
import dev.logagent.core.input.StreamPosition;
import dev.logagent.core.inventory.Discovery;
import dev.logagent.core.journald.JournaldFeed;
import dev.logagent.core.kmsg.Boot;
import dev.logagent.core.kmsg.KmsgFeed;
import dev.logagent.core.lines.LineRules;
import dev.logagent.core.multiline.Grouping;
import dev.logagent.core.stdin.StdinFeed;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes what reads the sources of one pipeline.
 *
 * @param discovery finds logs that the configuration does not name; null if that is not asked for
 * @param damaged whether positions were lost: then a stream that is not known may have been read in part, and is read from
 *     its beginning
 */
record Inputs(
        Detectors detectors, @Nullable Discovery discovery, Positions positions, boolean damaged, GlobalConfig global) {

    /**
     * Reads a source for one output.
     *
     * @param containers whether what container runtimes cut is to be joined
     * @throws IOException if this host has no such thing, with a message for the user
     */
    Input create(SourceConfig source, boolean containers, Intake intake) throws IOException {
        InputConfig input = source.input();
        if (input instanceof InputConfig.Files) {
            return detectors.create(source, source.discovery() == null ? null : discovery, containers, intake);
        }
        boolean isNew = positions.startedMillis(source.name()).isEmpty() && !damaged;
        StartAt start = isNew ? source.startAt() : StartAt.BEGINNING;
        positions.markStarted(source.name(), System.currentTimeMillis());
        Feed feed;
        if (input instanceof Journald journald) {
            LineRules rules = new LineRules(source.info(), global.maxLineBytes(), intake.events());
            feed = new JournaldFeed(
                    journald, stream(source, JournaldFeed.identity(journald)), start, rules, intake.events());
        } else if (input instanceof Kmsg kmsg) {
            Boot boot = Boot.current();
            StreamPosition position = stream(source, "kmsg " + kmsg.device());
            feed = new KmsgFeed(kmsg.device(), boot, source.info(), position, start, intake.events());
        } else {
            throw new IllegalArgumentException(input.shown() + " is shared by all outputs");
        }
        return new InputThread(source.name(), feed, List.of(intake));
    }

    private StreamPosition stream(SourceConfig source, String identity) {
        String name = source.input() instanceof Kmsg kmsg ? kmsg.device().toString() : "journald";
        return new StreamPosition(positions, source.name(), name, identity);
    }

    /** Reads standard input, for all outputs together. */
    static Feed standardInput(SourceConfig source, int maxLineBytes, AgentEvents events) {
        MultilineConfig multiline = source.multiline();
        LineRules rules = new LineRules(
                source.info(), maxLineBytes, Grouping.of(multiline, false), multiline.timeout(), null, events);
        return new StdinFeed(new FileInputStream(FileDescriptor.in).getChannel(), rules, events);
    }
}
