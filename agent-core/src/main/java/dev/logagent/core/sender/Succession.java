package dev.logagent.core.sender;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who has to wait for whom, so that lines of one source arrive in order. Guarded by who uses it. */
final class Succession {

    private final Map<String, Shipment> newestOfSource = new HashMap<>();

    /** Puts a shipment behind the earlier ones that hold lines of its sources. Gives whether there are none. */
    boolean admit(Shipment shipment) {
        Set<Shipment> earlier = new HashSet<>();
        for (String source : shipment.sources()) {
            Shipment newest = newestOfSource.put(source, shipment);
            if (newest != null) {
                earlier.add(newest);
            }
        }
        for (Shipment one : earlier) {
            one.followers().add(shipment);
            shipment.addPredecessor();
        }
        return earlier.isEmpty();
    }

    /** A shipment has arrived. Gives those that need not wait any more. */
    List<Shipment> leave(Shipment shipment) {
        for (String source : shipment.sources()) {
            newestOfSource.remove(source, shipment);
        }
        List<Shipment> free = new ArrayList<>();
        for (Shipment follower : shipment.followers()) {
            if (follower.removePredecessor()) {
                free.add(follower);
            }
        }
        return free;
    }

    /** Whether lines of any of these sources are on their way. */
    boolean hasAny(Collection<String> sources) {
        return sources.stream().anyMatch(newestOfSource::containsKey);
    }

    /** Forgets all of these shipments, which must be all that were admitted and have not left. */
    void dissolve(Iterable<Shipment> shipments) {
        newestOfSource.clear();
        shipments.forEach(Shipment::unlink);
    }
}
