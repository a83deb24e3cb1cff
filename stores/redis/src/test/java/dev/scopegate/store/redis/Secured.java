package dev.scopegate.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How servers are configured that are reached by TLS alone, as a user who has the rights that the README names and no others.
 * Among themselves they are another user.
 */
record Secured(TestCertificate certificate) {
    static final String SECRET = "correct-horse";

    /** @param name what the certificate is for, such as {@code dns:localhost} */
    static Secured by(Path folder, String name) throws Exception {
        return new Secured(TestCertificate.make(Files.createDirectories(folder), name));
    }

    /** The lines of every kind of server, and more. */
    String[] tls(String... more) {
        List<String> lines = new ArrayList<>(List.of(
                "tls-cert-file " + certificate.certificate(),
                "tls-key-file " + certificate.key(),
                "tls-ca-cert-file " + certificate.certificate(),
                "tls-auth-clients no",
                "tls-replication yes"));
        lines.addAll(List.of(more));
        return lines.toArray(String[]::new);
    }

    /** The lines of a server that holds data, and more. */
    String[] server(String... more) throws Exception {
        List<String> lines = new ArrayList<>(List.of(
                "user default off",
                "user scopegate on >" + SECRET + " " + rights("scopegate"),
                RedisProcess.INSIDER + SECRET + "2 ~* &* +@all",
                "masteruser insider",
                "masterauth " + SECRET + "2"));
        lines.addAll(List.of(more));
        return tls(lines.toArray(String[]::new));
    }

    /** The lines by which a sentinel is let in, and lets in only whom the README describes. */
    static List<String> sentinel(String master) throws Exception {
        return List.of(
                "user default off",
                "user seeker on >" + SECRET + "3 " + rights("seeker"),
                "sentinel auth-user " + master + " insider",
                "sentinel auth-pass " + master + " " + SECRET + "2");
    }

    private static String rights(String user) throws Exception {
        var rights = Pattern.compile("ACL SETUSER " + user + " on >password (.*)")
                .matcher(Files.readString(Path.of("README.md")));
        assertThat(rights.find()).isTrue();
        return rights.group(1);
    }

    /** A store as the user. */
    RedisTokenStore open(String url, String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "redis-url",
                url,
                "redis-user",
                "scopegate",
                "redis-password",
                SECRET,
                "redis-timeout",
                "10s",
                "redis-ca-file",
                certificate.certificate().toString()));
        settings.addAll(List.of(more));
        return Stores.open(settings.toArray(String[]::new));
    }
}
