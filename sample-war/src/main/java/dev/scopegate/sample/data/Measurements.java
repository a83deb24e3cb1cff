package dev.scopegate.sample.data;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One million readings of 100 weather stations that do not exist, one each every ten minutes. A row is computed from its
 * number, so none is kept and any offset costs the same.
 */
final class Measurements implements Table {
    private static final int STATIONS = 100;
    private static final long ROWS = 1_000_000;
    private static final long START = Instant.parse("2025-01-01T00:00:00Z").getEpochSecond();
    private static final long STEP_SECONDS = 600;
    private static final double DAY_STEPS = 144;
    private static final double YEAR_STEPS = 365.25 * DAY_STEPS;

    private static final List<Variable> VARIABLES = List.of(
            Variable.text("station", "The station's name, from WS-001 to WS-100."),
            Variable.timestamp("measured_at", "When the reading was taken."),
            Variable.number(
                    "temperature_c", "The air's temperature in degrees Celsius; missing when the sensor failed."),
            Variable.number("humidity_pct", "The air's relative humidity in per cent."),
            Variable.number("wind_m_s", "The wind's speed in metres per second."),
            Variable.number("battery_v", "The voltage of the station's battery."),
            Variable.integer("signal_dbm", "The strength of the station's radio signal."),
            Variable.text("quality", "good, suspect or failed."));

    private final Chance chance = new Chance(20_250_101);

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
        int station = (int) (row % STATIONS);
        long step = row / STATIONS;
        double sun = -StrictMath.cos(2 * Math.PI * (step % 144) / DAY_STEPS);
        double season = -StrictMath.cos(2 * Math.PI * step / YEAR_STEPS);
        double height = chance.uniform(station, 90);
        double temperature = 11 - 9 * height + 9 * season + 4 * sun + 1.5 * noise(row, 1);
        double humidity = Math.min(100, Math.max(5, 72 - 14 * sun + 8 * noise(row, 2)));
        boolean failed = chance.below(500, row, 4) == 0;
        boolean suspect = chance.below(200, row, 5) == 0;
        into[0] = name(station);
        into[1] = Instant.ofEpochSecond(START + step * STEP_SECONDS);
        into[2] = failed ? null : (Object) Chance.rounded(temperature, 1);
        into[3] = Chance.rounded(humidity, 1);
        into[4] = Chance.rounded(Math.abs(3 + 4 * height + 2.5 * noise(row, 3)), 1);
        into[5] = Chance.rounded(3.4 + 0.6 * (1 - step / 10_000.0) + 0.15 * sun, 2);
        into[6] = (long) (-60 - 40 * height) - chance.below(12, row, 6);
        into[7] = failed ? "failed" : suspect ? "suspect" : "good";
    }

    /** Cheap and bell-shaped: three uniform numbers, mean 0, standard deviation about 0.5. */
    private double noise(long row, int column) {
        return chance.uniform(row, column) + chance.uniform(row, column + 30) + chance.uniform(row, column + 60) - 1.5;
    }

    private static String name(int station) {
        int number = station + 1;
        return (number < 10 ? "WS-00" : number < 100 ? "WS-0" : "WS-") + number;
    }
}
