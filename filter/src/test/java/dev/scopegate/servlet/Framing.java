package dev.scopegate.servlet;

/** Where an answer ends on a connection that stays open (RFC 9112 §6). */
final class Framing {
    private Framing() {}

    /** Whether all of an answer has come, each byte of it a character. */
    static boolean isOver(String text, boolean bodiless) {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) return false;
        Reply head = Reply.parse(text.substring(0, end + 4));
        if (bodiless || head.status() == 304 || head.status() == 204) return true;
        String body = text.substring(end + 4);
        if (head.headers().containsKey("content-length")) {
            return body.length() >= Integer.parseInt(head.header("content-length"));
        }
        return head.header("transfer-encoding").equals("chunked") && endsInChunks(body);
    }

    private static boolean endsInChunks(String body) {
        int at = 0;
        while (true) {
            int line = body.indexOf("\r\n", at);
            if (line < 0) return false;
            int size = Integer.parseInt(body.substring(at, line), 16);
            at = line + 2 + size + 2;
            if (at > body.length()) return false;
            if (size == 0) return true;
        }
    }
}
