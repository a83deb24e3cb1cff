package dev.scopegate.store.redis;

import dev.scopegate.export.ExportAccount;
import dev.scopegate.export.ExportLimit;
import java.util.Locale;

/** An account as one text from which it can be read again: {@code unit per subject lengths owner resource subject-id}. */
final class AccountText {
    private static final int FACTS = 6;

    private AccountText() {}

    static String of(ExportAccount account) {
        return String.join(
                " ",
                account.unit().wireName(),
                account.per().wireName(),
                account.subject().wireName(),
                String.valueOf(account.owner().length()),
                String.valueOf(account.resource().length()),
                account.owner(),
                account.resource(),
                account.subjectId());
    }

    static ExportAccount read(String text) {
        String[] facts = text.split(" ", FACTS);
        int owner = Integer.parseInt(facts[3]);
        int resource = owner + 1 + Integer.parseInt(facts[4]);
        String names = facts[5];
        return new ExportAccount(
                names.substring(owner + 1, resource),
                ExportLimit.Subject.valueOf(facts[2].toUpperCase(Locale.ROOT)),
                names.substring(resource + 1),
                names.substring(0, owner),
                ExportLimit.Unit.valueOf(facts[0].toUpperCase(Locale.ROOT)),
                ExportLimit.Per.valueOf(facts[1].toUpperCase(Locale.ROOT)));
    }
}
