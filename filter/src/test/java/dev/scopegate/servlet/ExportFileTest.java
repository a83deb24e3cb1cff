package dev.scopegate.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.annotation.ExportLimited;
import dev.scopegate.export.ExportLimit.Per;
import dev.scopegate.export.ExportLimit.Unit;
import dev.scopegate.export.ExportStanding;
import jakarta.servlet.Servlet;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that a container's own servlet sends, with all the shortcuts that it knows. */
class ExportFileTest {
    private static final int SIZE = 100_000;

    @TempDir
    Path folder;

    /** Jetty's own. */
    @ExportLimited(ExportFixture.RESOURCE)
    static final class JettyFiles extends org.eclipse.jetty.ee10.servlet.DefaultServlet {
        private static final long serialVersionUID = 1L;
    }

    /** Tomcat's own. */
    @ExportLimited(ExportFixture.RESOURCE)
    static final class TomcatFiles extends org.apache.catalina.servlets.DefaultServlet {
        private static final long serialVersionUID = 1L;
    }

    @ParameterizedTest
    @EnumSource(ExportServers.class)
    void whatIsSentOfAFileIsCounted(ExportServers servers) throws Exception {
        ExportFixture exports = new ExportFixture();
        exports.ledger.answerOnly(Integer.MAX_VALUE);
        exports.limit(Unit.BYTES, Per.DAY, SIZE + 100);
        Files.write(
                folder.resolve("a.bin"), new byte[SIZE]); // Jetty looks for what follows the mapping, Tomcat for all
        Files.write(Files.createDirectories(folder.resolve("files")).resolve("a.bin"), new byte[SIZE]);
        try (GuardedServer server = servers.make().limiting(exports.exports)) {
            server.context.setBaseResource(ResourceFactory.of(server.context).newResource(folder));
            Servlet files = server instanceof TomcatServer ? new TomcatFiles() : new JettyFiles();
            server.serving("/files/*", files).start();
            String token = server.token("public");
            String authorization = "Authorization: Bearer " + token;

            Reply part = server.get("/app/files/a.bin", authorization, "Range: bytes=10-19");
            assertThat(part.status()).as(part.toString()).isEqualTo(206);
            assertThat(used(exports, server, token, 1)).isEqualTo(10);

            Reply head = server.send("HEAD", "/app/files/a.bin", authorization);
            assertThat(head.header("content-length")).isEqualTo("" + SIZE);
            Reply same =
                    server.get("/app/files/a.bin", authorization, "If-Modified-Since: " + head.header("last-modified"));
            assertThat(same.status()).isEqualTo(304);
            assertThat(used(exports, server, token, 3)).isEqualTo(10);

            Reply whole = server.get("/app/files/a.bin", authorization);
            assertThat(whole.status()).isEqualTo(200);
            assertThat(whole.body()).hasSize(SIZE);
            assertThat(used(exports, server, token, 4)).isEqualTo(SIZE + 10);
            assertThat(server.get("/app/files/a.bin", authorization).code()).isEqualTo("export_limit_exceeded");
            assertThat(used(exports, server, token, 5)).isEqualTo(SIZE + 10);
        }
    }

    /** What is used when so many responses have ended: one without a body may be sent before it is settled. */
    private static long used(ExportFixture exports, GuardedServer server, String token, int ended) throws Exception {
        exports.awaitOutcomes(ended);
        ExportStanding standing = exports.standing(server.format.read(token).id(), Unit.BYTES, Per.DAY);
        assertThat(standing.leased()).isZero();
        return standing.used();
    }
}
