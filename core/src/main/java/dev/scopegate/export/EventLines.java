package dev.scopegate.export;

/**
 * Server-sent events: each is a block of lines up to an empty one, and begins with the first byte of its first line that is no
 * comment. Lines end with a line feed, a carriage return or both.
 */
final class EventLines implements RecordLines {
    private boolean inLine;
    private boolean inEvent;
    private boolean afterReturn;

    @Override
    public int next(byte[] bytes, int from, int end) {
        for (int i = from; i < end; i++) {
            byte b = bytes[i];
            if (!inLine && !inEvent && b != '\n' && b != '\r' && b != ':') return i;
            read(b);
        }
        return end;
    }

    @Override
    public int begun(byte[] bytes, int from, int end) {
        inEvent = true;
        read(bytes[from]);
        return from + 1;
    }

    private void read(byte b) {
        boolean ended = afterReturn && b == '\n'; // the line before, already
        afterReturn = b == '\r';
        if (ended) return;
        boolean ends = b == '\n' || b == '\r';
        if (ends && !inLine) inEvent = false;
        inLine = !ends;
    }

    @Override
    public int state() {
        return (inLine ? 1 : 0) | (inEvent ? 2 : 0) | (afterReturn ? 4 : 0);
    }

    @Override
    public void restore(int state) {
        inLine = (state & 1) != 0;
        inEvent = (state & 2) != 0;
        afterReturn = (state & 4) != 0;
    }
}
