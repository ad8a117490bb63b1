package dev.mgmt.remote.inventory;

/**
 * A value and where it was written. Two are equal if their values are: saying the same thing in two
 * places is no contradiction.
 */
record Placed<T>(T value, Place place) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Placed<?> placed && value.equals(placed.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }
}
