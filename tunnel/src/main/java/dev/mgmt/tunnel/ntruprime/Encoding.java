package dev.mgmt.tunnel.ntruprime;

import java.util.Arrays;

/**
 * Polynomials as bytes (section 3.3): numbers of known bounds are joined in pairs, whose lowest
 * bytes are written as long as the pair's bound is large, until one number is left.
 */
final class Encoding {
    static final int Q = 4591;
    private static final int HALF = (Q - 1) / 2;
    private static final int LIMIT = 1 << 14;
    private static final int THIRD = (Q + 2) / 3;

    static final int SMALL_BYTES = (Polynomials.P + 3) / 4;
    static final int RQ_BYTES = 1158;
    static final int ROUNDED_BYTES = 1007;

    private Encoding() {}

    /** Four coefficients from -1 to 1 in each byte. */
    static byte[] small(int[] polynomial) {
        byte[] bytes = new byte[SMALL_BYTES];
        for (int i = 0; i < Polynomials.P; i++) {
            bytes[i / 4] = (byte) (bytes[i / 4] | (polynomial[i] + 1) << (2 * (i % 4)));
        }
        return bytes;
    }

    static byte[] rq(int[] polynomial) {
        int[] numbers = new int[Polynomials.P];
        for (int i = 0; i < Polynomials.P; i++) {
            numbers[i] = polynomial[i] + HALF;
        }
        return encode(numbers, bounds(Q), RQ_BYTES);
    }

    static int[] rq(byte[] bytes) {
        int[] polynomial = decode(bytes, 0, bounds(Q));
        for (int i = 0; i < Polynomials.P; i++) {
            polynomial[i] -= HALF;
        }
        return polynomial;
    }

    /**
     * @param polynomial whose coefficients are multiples of three
     */
    static byte[] rounded(int[] polynomial) {
        int[] numbers = new int[Polynomials.P];
        for (int i = 0; i < Polynomials.P; i++) {
            // A third, exact for what can stand here.
            numbers[i] = ((polynomial[i] + HALF) * 10_923) >> 15;
        }
        return encode(numbers, bounds(THIRD), ROUNDED_BYTES);
    }

    static int[] rounded(byte[] bytes) {
        int[] polynomial = decode(bytes, 0, bounds(THIRD));
        for (int i = 0; i < Polynomials.P; i++) {
            polynomial[i] = polynomial[i] * 3 - HALF;
        }
        return polynomial;
    }

    private static int[] bounds(int bound) {
        int[] bounds = new int[Polynomials.P];
        Arrays.fill(bounds, bound);
        return bounds;
    }

    private static byte[] encode(int[] numbers, int[] bounds, int length) {
        byte[] bytes = new byte[length];
        int written = 0;
        int[] left = numbers;
        int[] below = bounds;
        while (left.length > 1) {
            int[] joined = new int[(left.length + 1) / 2];
            int[] joint = new int[joined.length];
            for (int i = 0; i + 1 < left.length; i += 2) {
                int number = left[i] + left[i + 1] * below[i];
                int bound = below[i] * below[i + 1];
                while (bound >= LIMIT) {
                    bytes[written++] = (byte) number;
                    number >>>= 8;
                    bound = (bound + 255) >>> 8;
                }
                joined[i / 2] = number;
                joint[i / 2] = bound;
            }
            carryOdd(left, below, joined, joint);
            left = joined;
            below = joint;
        }
        int number = left[0];
        for (int bound = below[0]; bound > 1; bound = (bound + 255) >>> 8) {
            bytes[written++] = (byte) number;
            number >>>= 8;
        }
        return bytes;
    }

    private static void carryOdd(int[] left, int[] below, int[] joined, int[] joint) {
        if (left.length % 2 == 1) {
            joined[joined.length - 1] = left[left.length - 1];
            joint[joint.length - 1] = below[left.length - 1];
        }
    }

    /** What is decoded here is public: division may take the time it takes. */
    private static int[] decode(byte[] bytes, int from, int[] bounds) {
        if (bounds.length == 1) {
            int number = 0;
            int shift = 0;
            int next = from;
            for (int bound = bounds[0]; bound > 1; bound = (bound + 255) >>> 8) {
                number |= (bytes[next++] & 0xff) << shift;
                shift += 8;
            }
            return new int[] {number % bounds[0]};
        }
        int[] bottom = new int[(bounds.length + 1) / 2];
        int[] shifts = new int[bottom.length];
        int[] joint = new int[bottom.length];
        int next = from;
        for (int i = 0; i + 1 < bounds.length; i += 2) {
            int bound = bounds[i] * bounds[i + 1];
            while (bound >= LIMIT) {
                bottom[i / 2] |= (bytes[next++] & 0xff) << shifts[i / 2];
                shifts[i / 2] += 8;
                bound = (bound + 255) >>> 8;
            }
            joint[i / 2] = bound;
        }
        if (bounds.length % 2 == 1) {
            joint[joint.length - 1] = bounds[bounds.length - 1];
        }
        return split(decode(bytes, next, joint), bottom, shifts, bounds);
    }

    private static int[] split(int[] joined, int[] bottom, int[] shifts, int[] bounds) {
        int[] numbers = new int[bounds.length];
        for (int i = 0; i + 1 < bounds.length; i += 2) {
            long number =
                    bottom[i / 2] + ((long) joined[i / 2] << shifts[i / 2]) & 0xffff_ffff_ffffL;
            numbers[i] = (int) (number % bounds[i]);
            numbers[i + 1] = (int) (number / bounds[i] % bounds[i + 1]);
        }
        if (bounds.length % 2 == 1) {
            numbers[bounds.length - 1] = joined[joined.length - 1];
        }
        return numbers;
    }
}
