package dev.scopegate.store;

import dev.scopegate.problem.Unavailable;
import java.time.Duration;

/**
 * By which the nodes of a service take turns: whoever has a lock has it alone, until it gives it back or its time is over by the
 * clock of the store, so that a node that dies keeps nobody waiting for long. Safe for any number of threads.
 */
public interface NodeLocks {
    /** The longest name of a lock or a holder. */
    int LONGEST_NAME = 255;

    /**
     * Takes a lock that nobody has, or prolongs one.
     *
     * @param name the lock's, 1 to {@value #LONGEST_NAME} characters
     * @param holder who wants it; of all callers of this name one, by a random text
     * @param time how long from now on it is the holder's; at least a millisecond
     * @return whether it is the holder's now
     */
    boolean take(String name, String holder, Duration time) throws Unavailable;

    /** Gives a lock back; nothing happens where the holder does not have it any more. */
    void giveBack(String name, String holder) throws Unavailable;
}
