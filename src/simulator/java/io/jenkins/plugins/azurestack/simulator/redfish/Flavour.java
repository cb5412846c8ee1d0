package io.jenkins.plugins.azurestack.simulator.redfish;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a BMC is. */
public enum Flavour {
    IDRAC_8(new Idrac8()),
    IDRAC_9(new Idrac9()),
    IDRAC_10(new Idrac10()),
    ILO_5(new Ilo5()),
    ILO_6(new Ilo6()),
    XCC(new Xcc()),
    /** No vendor in particular: what the standard asks for, and no more. */
    GENERIC(new GenericFirmware());

    private final Firmware firmware;

    Flavour(final Firmware firmware) {
        this.firmware = firmware;
    }

    Firmware firmware() {
        return firmware;
    }

    /** The name on a command line, such as {@code idrac-9}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * @param word as {@link #word}, in upper or lower case
     * @throws IllegalArgumentException if there is none; lists those that there are
     */
    public static Flavour of(final String word) {
        return Arrays.stream(values())
                .filter(flavour -> flavour.word().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No BMC is called '" + word + "'. There are "
                        + Arrays.stream(values()).map(Flavour::word).collect(Collectors.joining(", "))));
    }
}
