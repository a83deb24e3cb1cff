package dev.scopegate.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Chromium and curl, as this machine has them. */
final class Programs {
    private static final String BROWSER = "chromium";
    private static final List<String> QUIET = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--virtual-time-budget=10000",
            "--dump-dom");

    private Programs() {}

    /** How curl ended, and the HTTP version and status that it saw. */
    record Curled(int exitCode, String saw) {}

    /** Skips a test where no Chromium is installed, and says so; CI must have one. */
    static void assumeBrowser() {
        boolean found = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, BROWSER)));
        assume(found, "no chromium is installed");
    }

    /** Skips a test where curl is built without HTTP/2, and says so; CI must have it. */
    static void assumeCurlWithHttp2() throws Exception {
        Process version = new ProcessBuilder("curl", "--version").start();
        String said = new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assume(said.contains("HTTP2"), "curl has no HTTP/2");
    }

    private static void assume(boolean there, String reason) {
        if ("true".equals(System.getenv("CI"))) assertThat(there).as(reason).isTrue();
        if (!there) System.out.println("A test of ExportClientsTest is skipped: " + reason);
        assumeTrue(there, reason);
    }

    /** The document that a page has made of itself when all of its requests are over. */
    static String dom(URI page, Path folder) throws Exception {
        Path shown = folder.resolve("dom.html");
        Path profile = Files.createTempDirectory(folder, "profile");
        ProcessBuilder browser = new ProcessBuilder(BROWSER);
        browser.command().addAll(QUIET);
        browser.command().addAll(List.of("--user-data-dir=" + profile, page.toString()));
        browser.redirectOutput(shown.toFile());
        browser.redirectError(folder.resolve("browser.log").toFile());
        finish(browser.start());
        return Files.readString(shown);
    }

    /** What curl makes of an answer over HTTP/2 without TLS, with the body in a file. */
    static Curled curl(URI target, String token, Path answer) throws Exception {
        Files.deleteIfExists(answer);
        ProcessBuilder curl = new ProcessBuilder("curl", "--silent", "--http2-prior-knowledge", "--config", "-");
        curl.command().addAll(List.of("--output", answer.toString(), "--write-out", "%{http_version} %{http_code}"));
        curl.command().add(target.toString());
        Path saw = answer.resolveSibling("curl.txt");
        Process process = curl.redirectOutput(saw.toFile()).start();
        try (var config = process.outputWriter()) { // the token is in no list of processes
            config.write("header = \"Authorization: Bearer " + token + "\"\n");
        }
        return new Curled(finish(process), Files.readString(saw));
    }

    private static int finish(Process process) throws InterruptedException, IOException {
        boolean over = process.waitFor(2, TimeUnit.MINUTES);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        assertThat(over).as("the program has ended").isTrue();
        return process.exitValue();
    }
}
