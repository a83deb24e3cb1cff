package dev.scopegate.issuer;

import dev.scopegate.net.ClientAddress;
import dev.scopegate.problem.AccessDenied;
import java.time.Clock;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * How often passwords may be guessed within a minute: so often for a name from one address, so often from an address whatever the
 * name, and so often for a name from everywhere together. The last does not bind addresses from which that name has signed in
 * before, so that whoever knows a name, and has many addresses, cannot shut its user out. One node's; safe for any number of
 * threads.
 */
final class SignInThrottle {
    static final int PER_NAME_AND_ADDRESS = 10;
    static final int PER_ADDRESS = 30;
    static final int PER_NAME = 50;
    static final int MOST_USERS = 10_000;
    static final int MOST_ADDRESSES = 16;

    private final Throttle byNameAndAddress;
    private final Throttle byAddress;
    private final Throttle byName;
    /** From where each user has signed in. Both the map and its sets have the one longest unused first. */
    private final Map<String, Set<String>> familiar = new LinkedHashMap<>();

    /** A guess that has been counted, and is not to be when it is right. */
    final class Guess {
        private final String name;
        private final String address;
        private final boolean strange;

        private Guess(String name, String address, boolean strange) {
            this.name = name;
            this.address = address;
            this.strange = strange;
        }

        /** Takes it back, and remembers where this user signs in. */
        void isRight() {
            isUndecided();
            remember(name, address);
        }

        /** Takes it back: nobody could tell whether it is right. */
        void isUndecided() {
            byAddress.forgive(address);
            byNameAndAddress.forgive(both(name, address));
            if (strange) byName.forgive(name);
        }
    }

    SignInThrottle(Clock clock) {
        byNameAndAddress = new Throttle(PER_NAME_AND_ADDRESS, clock);
        byAddress = new Throttle(PER_ADDRESS, clock);
        byName = new Throttle(PER_NAME, clock);
    }

    /**
     * Counts a guess before the work, so that guesses at once are not more than guesses in turn. One that is refused counts
     * nowhere.
     *
     * @param name as it was typed; all that cannot be names count as one
     */
    Guess count(String name, ClientAddress from) throws AccessDenied {
        String counted = Rules.isOwner(name) ? name : "";
        String address = from.neighbourhood();
        boolean strange = !isFamiliar(counted, address);
        byAddress.count(address);
        try {
            byNameAndAddress.count(both(counted, address));
        } catch (AccessDenied e) {
            byAddress.forgive(address);
            throw e;
        }
        if (!strange) return new Guess(counted, address, false);
        try {
            byName.count(counted);
        } catch (AccessDenied e) {
            byNameAndAddress.forgive(both(counted, address));
            byAddress.forgive(address);
            throw e;
        }
        return new Guess(counted, address, true);
    }

    private static String both(String name, String address) {
        return address + " " + name;
    }

    private synchronized boolean isFamiliar(String name, String address) {
        Set<String> addresses = familiar.get(name);
        return addresses != null && addresses.contains(address);
    }

    private synchronized void remember(String name, String address) {
        Set<String> addresses = familiar.remove(name);
        if (addresses == null) addresses = new LinkedHashSet<>();
        addresses.remove(address);
        addresses.add(address);
        if (addresses.size() > MOST_ADDRESSES) removeFirst(addresses);
        familiar.put(name, addresses);
        if (familiar.size() > MOST_USERS) removeFirst(familiar.keySet());
    }

    private static void removeFirst(Set<String> from) {
        Iterator<String> first = from.iterator();
        first.next();
        first.remove();
    }
}
