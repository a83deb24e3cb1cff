package dev.scopegate.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.config.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Holds the table in {@code docs/configuration.md} to the settings that there are. After a change,
 * {@code mvn -pl core test -Dtest=SettingsTableTest -Dscopegate-test.write-docs=true} writes it anew.
 */
class SettingsTableTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");
    private static final String BEGIN = "<!-- settings: begin -->\n";
    private static final String END = "<!-- settings: end -->\n";

    private static String table() {
        StringBuilder table = new StringBuilder("| key | value | default | meaning |\n|---|---|---|---|\n");
        for (Setting<?> setting : Scopegate.settings()) {
            String byDefault = setting.defaultText();
            table.append("| `").append(setting.key()).append("` | ");
            table.append(cell(setting.type())).append(" | ");
            table.append(byDefault == null || byDefault.isEmpty() ? "" : "`" + cell(byDefault) + "`")
                    .append(" | ");
            table.append(cell(setting.meaning())).append(" |\n");
        }
        return table.toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    @Test
    void theDocumentsTableIsTheTableOfSettings() throws Exception {
        String document = Files.readString(DOCUMENT);
        int begin = document.indexOf(BEGIN) + BEGIN.length();
        int end = document.indexOf(END);
        assertThat(end).as("the marker comments").isGreaterThanOrEqualTo(begin);
        if (Boolean.getBoolean("scopegate-test.write-docs")) {
            Files.writeString(DOCUMENT, document.substring(0, begin) + table() + document.substring(end));
            return;
        }

        assertThat(document.substring(begin, end)).isEqualTo(table());
    }
}
