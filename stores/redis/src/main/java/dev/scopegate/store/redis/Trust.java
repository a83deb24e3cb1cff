package dev.scopegate.store.redis;

import dev.scopegate.config.Configuration;
import dev.scopegate.config.ConfigurationException;
import io.lettuce.core.SslOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;

/** Whose certificates are trusted. The name in the certificate is checked in any case. */
final class Trust {
    private Trust() {}

    static SslOptions options(Address address, Configuration configuration) {
        SslOptions.Builder options = SslOptions.builder()
                .jdkSslProvider()
                .handshakeTimeout(configuration.get(RedisTokenStoreFactory.TIMEOUT));
        Optional<Path> file = configuration.find(RedisTokenStoreFactory.CA_FILE);
        if (file.isEmpty()) return options.build();
        if (!address.isEncrypted()) {
            throw new ConfigurationException("redis-ca-file: is of use with TLS alone, and redis-url has no rediss://");
        }
        check(file.get());
        return options.trustManager(file.get().toFile()).build();
    }

    private static void check(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            if (!CertificateFactory.getInstance("X.509")
                    .generateCertificates(pem)
                    .isEmpty()) return;
        } catch (IOException | CertificateException e) {
            throw new ConfigurationException("redis-ca-file: cannot be read as PEM certificates", e);
        }
        throw new ConfigurationException("redis-ca-file: holds no certificate");
    }
}
