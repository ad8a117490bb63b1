package dev.mgmt.tunnel.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.tunnel.Route;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Answers of clients that do not exist: never a crash, and the known options as they are. */
class HostReaderSimulationTest {
    private static final int ROUNDS = 2_000;
    private static final String LETTERS = "abcABC019 %~${}/:@,[]\t\"'-+^*ü";

    @Test
    void unknownOptionsAndStrangeValuesNeverCrash() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            ClientAnswer answer = ClientAnswer.parse(strange(random));
            HostReader reader =
                    new HostReader(Recordings.reading("9.2-defaults"), HostQuery.of("web"), answer);
            var _ = reader.jumps();
            var _ = reader.command();
            HostConfig config = reader.read(new HostConfig.Way.Direct(Route.Direct.anyhow()));
            assertEquals("web", config.host(), () -> "seed " + seed);
        }
    }

    private static String strange(Random random) {
        List<String> options = new ArrayList<>(OptionUse.table().keySet());
        Collections.sort(options);
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) {
            String name =
                    random.nextInt(3) == 0
                            ? word(random)
                            : options.get(random.nextInt(options.size()));
            text.append(name).append(' ').append(word(random)).append('\n');
        }
        return text.toString();
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return word.toString();
    }
}
