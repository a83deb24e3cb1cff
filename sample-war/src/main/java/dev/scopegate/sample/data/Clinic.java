package dev.scopegate.sample.data;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Visits of 600 patients who do not exist, computed from the row's number. */
final class Clinic implements Table {
    private static final long ROWS = 600;
    private static final long START = Instant.parse("2024-01-01T08:00:00Z").getEpochSecond();
    private static final List<String> WARDS = List.of("cardiology", "general medicine", "orthopaedics", "paediatrics");

    private static final List<Variable> VARIABLES = List.of(
            Variable.text("patient", "An invented patient, from P-1001."),
            Variable.timestamp("admitted_at", "When the visit began."),
            Variable.text("ward", "Where the patient was treated."),
            Variable.integer("age_years", "The patient's age."),
            Variable.integer("systolic_mmhg", "The systolic blood pressure."),
            Variable.integer("diastolic_mmhg", "The diastolic blood pressure."),
            Variable.number("cholesterol_mmol_l", "The total cholesterol; missing where it was not measured."),
            Variable.integer("stay_days", "How many days the visit took."));

    private final Chance chance = new Chance(20_240_101);

    @Override
    public List<Variable> variables() {
        return VARIABLES;
    }

    @Override
    public long size() {
        return ROWS;
    }

    @Override
    public void read(long row, @Nullable Object[] into) {
        int ward = chance.below(WARDS.size(), row, 1);
        long age = ward == 3 ? 1 + chance.below(17, row, 2) : 18 + chance.below(72, row, 2);
        long systolic = Math.round(100 + 0.5 * age + 11 * chance.normal(row, 3));
        into[0] = "P-" + (1_001 + row);
        into[1] = Instant.ofEpochSecond(START + row * 52_800 + chance.below(120, row, 4) * 60L);
        into[2] = WARDS.get(ward);
        into[3] = age;
        into[4] = systolic;
        into[5] = Math.round(systolic * 0.6 + 4 * chance.normal(row, 5));
        into[6] = chance.below(5, row, 6) == 0
                ? null
                : (Object) Chance.rounded(Math.max(2.5, 5.1 + 0.9 * chance.normal(row, 7)), 1);
        into[7] = 1L + chance.below(9, row, 8);
    }
}
