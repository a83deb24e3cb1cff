package dev.scopegate.store;

import dev.scopegate.token.AccessToken;

/** What changed in a store, named so that caches can forget it. */
public sealed interface TokenChange {
    /** Whether a cached token is concerned. */
    boolean concerns(AccessToken token);

    /** One token of our own format was added, edited, rotated, revoked or deleted. */
    record OfToken(String id) implements TokenChange {
        @Override
        public boolean concerns(AccessToken token) {
            return token.id().equals(id);
        }
    }

    /** A JWT was revoked by its {@code jti}, which is the id of its facts. */
    record OfJti(String jti) implements TokenChange {
        @Override
        public boolean concerns(AccessToken token) {
            return token.id().equals(jti);
        }
    }

    /** Everything minted from one API key or in one refresh family. */
    record OfParent(String parent) implements TokenChange {
        @Override
        public boolean concerns(AccessToken token) {
            return parent.equals(token.parent());
        }
    }

    /** Every token of one owner. */
    record OfOwner(String owner) implements TokenChange {
        @Override
        public boolean concerns(AccessToken token) {
            return token.owner().equals(owner);
        }
    }

    /** Anything may have changed, as after a lost connection. */
    record OfEverything() implements TokenChange {
        @Override
        public boolean concerns(AccessToken token) {
            return true;
        }
    }
}
