package dev.logagent.transport.kafka;

/**
 * What became of a record that the brokers did not confirm.
 *
 * @param reason for the user, one line
 * @param producerIsLost whether the producer will never send again, and a new one is needed
 */
record Fate(Kind kind, String reason, boolean producerIsLost) {

    enum Kind {
        /** May be taken next time. */
        RETRY,
        /** Not before the operator has changed something. */
        MISCONFIGURED,
        /** Never; the others are not concerned. */
        REJECTED
    }

    static Fate retry(String reason) {
        return new Fate(Kind.RETRY, reason, false);
    }

    static Fate misconfigured(String reason) {
        return new Fate(Kind.MISCONFIGURED, reason, false);
    }

    static Fate rejected(String reason) {
        return new Fate(Kind.REJECTED, reason, false);
    }

    /** The same, of a producer that is of no use any more. */
    Fate andProducerIsLost() {
        return new Fate(kind, reason, true);
    }
}
