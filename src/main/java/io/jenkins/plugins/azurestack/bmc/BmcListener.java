package io.jenkins.plugins.azurestack.bmc;

/** Hears how an update of the BMC password gets on. What it does can't fail the update. Called on the update's thread. */
public interface BmcListener {
    /** A phase begins. */
    void phase(BmcPhase phase, String sentence);

    /** Something worth a line in the build's log: masked and printable. */
    void line(String text);

    /** So many of all BMCs are done with what is being done. */
    void progress(String what, int done, int of);
}
