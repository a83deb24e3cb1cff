package dev.scopegate.servlet;

import dev.scopegate.export.ExportLimit.Per;
import dev.scopegate.export.ExportLimit.Unit;
import dev.scopegate.export.ExportStanding;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** A server whose servlets write limited responses, started once for each of the servers, with a fresh token for each test. */
abstract class ExportContract {
    final ExportFixture exports = new ExportFixture();
    GuardedServer server;
    boolean keepsAlive;
    String token = "";

    @Parameter
    ExportServers servers;

    /** Adds this test's servlets. */
    abstract void addServlets();

    void serve(String path, Servlets.Doing.Action action) {
        server.serving(path, new ExportFixture.Limited(action));
    }

    void serveFree(String path, Servlets.Doing.Action action) {
        server.serving(path, new Servlets.Doing(action));
    }

    @BeforeParameterizedClassInvocation
    void start() throws Exception {
        server = servers.make().limiting(exports.exports).rules("GET /free/** permit");
        keepsAlive = servers.keepsAlive();
        addServlets();
        server.start();
    }

    @AfterParameterizedClassInvocation
    void stop() {
        server.close();
    }

    @BeforeEach
    void aFreshToken() {
        exports.ledger.answerOnly(Integer.MAX_VALUE);
        exports.outcomes.clear();
        exports.limit(Unit.BYTES, Per.DAY, 100_000_000);
        token = server.token("public");
    }

    Reply get(String path) throws IOException {
        return server.getAs(token, "/app" + path);
    }

    ExportStanding bytes() {
        return exports.standing(server.format.read(token).id(), Unit.BYTES, Per.DAY);
    }

    ExportStanding records() {
        return exports.standing(server.format.read(token).id(), Unit.RECORDS, Per.DAY);
    }

    static boolean isWhole(Reply reply) {
        if (reply.headers().containsKey("content-length")) {
            return reply.body().length() == Integer.parseInt(reply.header("content-length"));
        }
        return reply.body().endsWith("0\r\n\r\n");
    }

    static long data(Reply reply) {
        return reply.body().chars().filter(c -> c == 'x' || c == 0).count();
    }
}
