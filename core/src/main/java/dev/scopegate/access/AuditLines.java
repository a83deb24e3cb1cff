package dev.scopegate.access;

import dev.scopegate.event.AuditEvent;
import dev.scopegate.event.AuditListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes events to the logger {@value #LOGGER}, one line each. Stateless. */
final class AuditLines implements AuditListener {
    static final String LOGGER = "dev.scopegate.audit";

    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

    /** The listener, if the logger is on now: otherwise no event is made for its sake. */
    static AuditListener ifWanted() {
        return LOG.isDebugEnabled() ? new AuditLines() : NONE;
    }

    @Override
    public void on(AuditEvent event) {
        LOG.debug(
                "{} {} code={} actor={} token={} resource={} from={} bytes={} records={}",
                event.type().wireName(),
                event.outcome().wireName(),
                event.code(),
                event.actor(),
                event.tokenId(),
                event.resource(),
                event.clientIp(),
                event.bytes(),
                event.records());
    }
}
