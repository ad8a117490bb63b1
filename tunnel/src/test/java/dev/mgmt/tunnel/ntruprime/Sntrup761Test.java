package dev.mgmt.tunnel.ntruprime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Sntrup761Test {
    private final SecureRandom random = new SecureRandom();

    @Test
    void bothSidesGetTheSameSecret() {
        for (int i = 0; i < 10; i++) {
            Sntrup761 keys = Sntrup761.generate(random);
            var sent = Sntrup761.encapsulate(keys.publicKey(), random);
            assertArrayEquals(sent.secret(), keys.decapsulate(sent.ciphertext()));
        }
    }

    @Test
    void alteredCiphertextGivesAnotherSecretAndAlwaysTheSame() {
        Sntrup761 keys = Sntrup761.generate(random);
        var sent = Sntrup761.encapsulate(keys.publicKey(), random);
        for (int place : new int[] {0, 500, 1006, 1007, 1038}) {
            byte[] altered = sent.ciphertext().clone();
            altered[place] ^= 1;
            byte[] secret = keys.decapsulate(altered);
            assertFalse(Arrays.equals(sent.secret(), secret), "byte " + place);
            assertArrayEquals(secret, keys.decapsulate(altered));
        }
    }

    @Test
    void keyOrCiphertextOfTheWrongLengthIsNotTaken() {
        Sntrup761 keys = Sntrup761.generate(random);
        assertThrows(IllegalArgumentException.class, () -> keys.decapsulate(new byte[1038]));
        assertThrows(
                IllegalArgumentException.class,
                () -> Sntrup761.encapsulate(new byte[1159], random));
    }

    @Test
    void inverseTimesPolynomialIsOne() {
        int[] one = new int[Polynomials.P];
        one[0] = 1;
        for (int i = 0; i < 5; i++) {
            int[] f = Sampling.small286(random);
            int[] inverse = Polynomials.inverse(f, 3, Field.FQ).orElseThrow();
            int[] third = Polynomials.multiply(inverse, f, Field.FQ);
            assertArrayEquals(one, Polynomials.scaled(third, 3, Field.FQ));
            int[] g = Sampling.small(random);
            Optional<int[]> other = Polynomials.inverse(g, 1, Field.F3);
            other.ifPresent(
                    found -> assertArrayEquals(one, Polynomials.multiply(found, g, Field.F3)));
        }
    }

    @Test
    void zeroHasNoInverse() {
        assertEquals(Optional.empty(), Polynomials.inverse(new int[Polynomials.P], 1, Field.F3));
    }

    @Test
    void polynomialsSurviveTheirEncoding() {
        Random seeded = new Random(761);
        int[] any = seeded.ints(Polynomials.P, -2295, 2296).toArray();
        assertArrayEquals(any, Encoding.rq(Encoding.rq(any)));
        int[] thirds = seeded.ints(Polynomials.P, -765, 766).map(x -> 3 * x).toArray();
        assertArrayEquals(thirds, Encoding.rounded(Encoding.rounded(thirds)));
    }

    @Test
    void remaindersAreThoseNearestToZero() {
        for (Field field : new Field[] {Field.F3, Field.FQ}) {
            int reach = field.modulus() == 3 ? 20_000 : 2 * 2295 * 2295 + 4591;
            for (int x = -reach; x <= reach; x += field.modulus() == 3 ? 1 : 7) {
                int half = field.modulus() / 2;
                int expected = Math.floorMod(x + half, field.modulus()) - half;
                assertEquals(expected, field.reduce(x));
            }
        }
    }

    @Test
    void shortPolynomialsHaveTheirWeightAndAreSortedRight() {
        int[] polynomial = Sampling.small286(random);
        assertEquals(0, Polynomials.wrongWeight(polynomial));
        polynomial[0] ^= 1;
        assertEquals(
                -1, Polynomials.wrongWeight(Arrays.stream(polynomial).map(c -> c & 1).toArray()));
        int[] words = new Random(1).ints(761).toArray();
        int[] sorted = words.clone();
        Arrays.sort(sorted);
        Sampling.sort(words);
        assertTrue(Arrays.equals(sorted, words));
    }
}
