package hudson;

public class Util {
    private Util() {}

    public static String fixEmptyAndTrim(String s) {
        throw new UnsupportedOperationException();
    }
}
