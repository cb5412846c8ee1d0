package hudson.model;

import hudson.model.queue.SubTask;

public class Queue {
    private Queue() {}

    public interface Task extends SubTask {}
}
