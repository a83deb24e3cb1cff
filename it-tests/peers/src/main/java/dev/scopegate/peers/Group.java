package dev.scopegate.peers;

import dev.scopegate.benchmarks.Presented;
import java.util.List;

/** Applications that are compared in the same rounds. */
enum Group {
    SERVLET(Peer.BARE, Peer.SCOPEGATE),
    JAXRS(Peer.JERSEY, Peer.JERSEY_SCOPEGATE),
    JWT(Peer.BARE, Peer.SCOPEGATE);

    private final Peer base;
    private final Peer ours;

    Group(Peer base, Peer ours) {
        this.base = base;
        this.ours = ours;
    }

    /** What the others cost more than. */
    Peer base() {
        return base;
    }

    /** Ours, which the others are compared with. */
    Peer ours() {
        return ours;
    }

    List<Peer> peers() {
        return switch (this) {
            case SERVLET ->
                List.of(
                        base,
                        ours,
                        Peer.MINIMAL,
                        Peer.ANSWERING,
                        Peer.SPRING,
                        Peer.SPRING_TRIMMED,
                        Peer.SHIRO,
                        Peer.PAC4J);
            case JAXRS -> List.of(base, ours, Peer.JERSEY_FEATURE, Peer.DROPWIZARD);
            case JWT -> List.of(base, ours, Peer.JWT_BARE, Peer.JWT_AGAIN, Peer.JWT_FIRST);
        };
    }

    List<Presented> requests() {
        return this == JWT
                ? List.of(Presented.VALID)
                : List.of(Presented.VALID, Presented.UNKNOWN, Presented.FORBIDDEN);
    }
}
