package com.example.acmeface;

import java.util.EnumSet;

/** What the service says about one face. */
public record FaceAttributes(int age, String gender, String glasses, String ethnicity, boolean isMinority) {

    /** What a caller may ask for; the values are added up and sent as {@code attrs}. */
    public enum Flag {
        AGE(0x01),
        GENDER(0x02),
        GLASSES(0x04),
        MASK(0x08),
        /** 是否少数民族 */
        MINORITY(0x10),
        ETHNICITY(0x20);

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
