package net.sf.json;

public final class JSONObject {
    public JSONObject() {}

    public boolean has(String key) {
        throw new UnsupportedOperationException();
    }

    public Object get(String key) {
        throw new UnsupportedOperationException();
    }
}
