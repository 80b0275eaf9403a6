package com.example.cleanface;

import java.util.EnumSet;

/** What the service says about one face. */
public record FaceAttributes(String pose, String glasses, boolean mask, double quality) {

    /** What a caller may ask for; the values are added up and sent as {@code attrs}. */
    public enum Flag {
        POSE(0x01),
        GLASSES(0x02),
        /** 是否戴口罩 */
        MASK(0x04),
        QUALITY(0x08);

        private final int bit;

        Flag(int bit) {
            this.bit = bit;
        }

        /** Returns the mask of all flags in {@code flags}. */
        public static int mask(EnumSet<Flag> flags) {
            int mask = 0;
            for (Flag flag : flags) {
                mask |= flag.bit;
            }
            return mask;
        }
    }
}
