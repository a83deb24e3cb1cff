package dev.scopegate.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.config.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds the table in the module's README to the settings that there are. */
class SettingsReadmeTest {
    private static String table() {
        StringBuilder table = new StringBuilder("| key | value | default | meaning |\n|---|---|---|---|\n");
        for (Setting<?> setting : new RedisTokenStoreFactory().settings()) {
            String byDefault = setting.defaultText();
            table.append("| `").append(setting.key()).append("` | ");
            table.append(setting.type()).append(" | ");
            table.append(byDefault == null || byDefault.isEmpty() ? "" : "`" + byDefault + "`");
            table.append(" | ").append(setting.meaning()).append(" |\n");
        }
        return table.toString();
    }

    @Test
    void theTableInTheReadmeIsTheTableOfSettings() throws Exception {
        assertThat(Files.readString(Path.of("README.md"))).contains("\n\n" + table() + "\n");
    }
}
