package dev.mgmt.tunnel.ntruprime;

/**
 * The integers modulo a small prime, as the representatives nearest to zero. Without division: the
 * time of a machine's division depends on what it divides.
 *
 * @param modulus odd prime
 * @param coarse {@code round(2^18 / modulus)}
 * @param fine {@code round(2^27 / modulus)}
 */
record Field(int modulus, int coarse, int fine) {
    static final Field F3 = new Field(3, 87_381, 44_739_243);
    static final Field FQ = new Field(4591, 57, 29_235);

    /**
     * Reduces. Right for {@code |x| < 2 * (q-1)^2/4 + q} in {@link #FQ}, and {@code |x| < 20000} in
     * {@link #F3}: the first step leaves a few moduli, the second rounds to nearest.
     */
    int reduce(int x) {
        int near = x - modulus * ((coarse * x) >> 18);
        return near - modulus * ((fine * near + (1 << 26)) >> 27);
    }

    /** {@code a^(modulus-2)}: Fermat's inverse. The exponent is no secret. */
    int inverse(int a) {
        int result = 1;
        for (int bit = Integer.highestOneBit(modulus - 2); bit > 0; bit >>= 1) {
            result = reduce(result * result);
            if (((modulus - 2) & bit) != 0) {
                result = reduce(result * a);
            }
        }
        return result;
    }
}
