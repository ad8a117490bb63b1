package dev.mgmt.tunnel.ntruprime;

import java.util.Optional;

/**
 * Arithmetic in {@code (Z/m)[x] / (x^761 - x - 1)} (section 3.1): arrays of 761 coefficients, from
 * the lowest.
 */
final class Polynomials {
    static final int P = 761;

    /** The weight of a short polynomial: so many coefficients are not zero. */
    static final int WEIGHT = 286;

    /** Division steps that bring any polynomial to its greatest common divisor with the ring's. */
    private static final int STEPS = 2 * P - 1;

    private Polynomials() {}

    /**
     * @param small coefficients from -1 to 1
     */
    static int[] multiply(int[] a, int[] small, Field field) {
        int[] wide = new int[2 * P];
        for (int i = 0; i < P; i++) {
            int factor = small[i];
            for (int j = 0; j < P; j++) {
                wide[i + j] += factor * a[j];
            }
        }
        // x^761 = x + 1, from the top.
        for (int i = 2 * P - 2; i >= P; i--) {
            wide[i - P] += wide[i];
            wide[i - P + 1] += wide[i];
        }
        return reduced(wide, field);
    }

    static int[] reduced(int[] a, Field field) {
        int[] result = new int[P];
        for (int i = 0; i < P; i++) {
            result[i] = field.reduce(a[i]);
        }
        return result;
    }

    static int[] scaled(int[] a, int factor, Field field) {
        int[] result = new int[P];
        for (int i = 0; i < P; i++) {
            result[i] = field.reduce(factor * a[i]);
        }
        return result;
    }

    /**
     * {@code 1 / (factor * a)}, or nothing if {@code a} has no inverse. Bernstein and Yang's
     * division steps, "Fast constant-time gcd computation and modular inversion" (2019), section 6:
     * both polynomials are kept reversed, so that the leading coefficient is the first. Of f and g
     * only as many coefficients matter as there are steps to come, and v and r have only as many as
     * there were steps: loop bounds that know nothing of the secret.
     */
    static Optional<int[]> inverse(int[] a, int factor, Field field) {
        int[] f = new int[P + 1];
        int[] g = new int[P + 1];
        int[] v = new int[P + 1];
        int[] r = new int[P + 1];
        f[0] = 1;
        f[P - 1] = -1;
        f[P] = -1;
        for (int i = 0; i < P; i++) {
            g[P - 1 - i] = a[i];
        }
        r[0] = field.inverse(field.reduce(factor));
        int delta = 1;
        for (int step = 0; step < STEPS; step++) {
            System.arraycopy(v, 0, v, 1, P);
            v[0] = 0;
            int swap = (-delta >> 31) & ((g[0] | -g[0]) >> 31);
            delta = 1 + (delta ^ (swap & (delta ^ -delta)));
            int f0 = f[0] ^ (swap & (f[0] ^ g[0]));
            int g0 = g[0] ^ (swap & (f[0] ^ g[0]));
            step(f, g, swap, f0, g0, Math.min(P + 1, 2 * P - step), field);
            step(v, r, swap, f0, g0, Math.min(P + 1, step + 2), field);
            System.arraycopy(g, 1, g, 0, P);
            g[P] = 0;
        }
        int scale = field.inverse(f[0]);
        int[] result = new int[P];
        for (int i = 0; i < P; i++) {
            result[i] = field.reduce(scale * v[P - 1 - i]);
        }
        return delta == 0 ? Optional.of(result) : Optional.empty();
    }

    /** Swaps the two where told, then replaces the second by {@code f0 * second - g0 * first}. */
    private static void step(
            int[] first, int[] second, int swap, int f0, int g0, int length, Field field) {
        for (int i = 0; i < length; i++) {
            int difference = swap & (first[i] ^ second[i]);
            int a = first[i] ^ difference;
            int b = second[i] ^ difference;
            first[i] = a;
            second[i] = field.reduce(f0 * b - g0 * a);
        }
    }

    /** All ones if the polynomial, of coefficients from -1 to 1, has another weight than 286. */
    static int wrongWeight(int[] small) {
        int weight = 0;
        for (int i = 0; i < P; i++) {
            weight += small[i] & 1;
        }
        int off = weight - WEIGHT;
        return (off | -off) >> 31;
    }
}
