package dev.mgmt.tunnel.ntruprime;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** Random polynomials (section 3.2). */
final class Sampling {
    private Sampling() {}

    /** Each coefficient -1, 0 or 1. */
    static int[] small(SecureRandom random) {
        int[] words = words(random);
        int[] polynomial = new int[Polynomials.P];
        for (int i = 0; i < Polynomials.P; i++) {
            polynomial[i] = (((words[i] & 0x3fff_ffff) * 3) >>> 30) - 1;
        }
        return polynomial;
    }

    /**
     * Exactly 286 coefficients are not zero: so many of the random words are made even, the others
     * end in binary 01, and sorting puts them in random order.
     */
    static int[] small286(SecureRandom random) {
        int[] words = words(random);
        for (int i = 0; i < Polynomials.P; i++) {
            words[i] = i < Polynomials.WEIGHT ? words[i] & -2 : (words[i] & -3) | 1;
        }
        sort(words);
        for (int i = 0; i < Polynomials.P; i++) {
            words[i] = (words[i] & 3) - 1;
        }
        return words;
    }

    private static int[] words(SecureRandom random) {
        byte[] bytes = new byte[Polynomials.P * Integer.BYTES];
        random.nextBytes(bytes);
        int[] words = new int[Polynomials.P];
        ByteBuffer.wrap(bytes).asIntBuffer().get(words);
        return words;
    }

    /**
     * Batcher's merge exchange (Knuth 5.2.2M): what is compared does not depend on what is found.
     */
    static void sort(int[] words) {
        int top = Integer.highestOneBit(words.length - 1);
        for (int p = top; p > 0; p >>= 1) {
            int q = top;
            int r = 0;
            int distance = p;
            while (true) {
                for (int i = 0; i + distance < words.length; i++) {
                    if ((i & p) == r) {
                        order(words, i, i + distance);
                    }
                }
                if (q == p) {
                    break;
                }
                distance = q - p;
                q >>= 1;
                r = p;
            }
        }
    }

    private static void order(int[] words, int low, int high) {
        int a = words[low];
        int b = words[high];
        int swap = (int) (((long) b - a) >> 63) & (a ^ b);
        words[low] = a ^ swap;
        words[high] = b ^ swap;
    }
}
