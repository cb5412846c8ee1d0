package hudson;

public class Main {
    public static boolean isDevelopmentMode;
}
