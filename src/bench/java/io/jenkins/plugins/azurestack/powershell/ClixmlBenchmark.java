package io.jenkins.plugins.azurestack.powershell;

import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlException;
import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlReader;
import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlWriter;
import io.jenkins.plugins.azurestack.powershell.clixml.PsObject;
import io.jenkins.plugins.azurestack.powershell.clixml.PsPrimitive;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.powershell.clixml.TypeNames;
import io.jenkins.plugins.azurestack.powershell.psrp.Defragmenter;
import io.jenkins.plugins.azurestack.powershell.psrp.DotNetGuid;
import io.jenkins.plugins.azurestack.powershell.psrp.Fragmenter;
import io.jenkins.plugins.azurestack.powershell.psrp.MalformedMessageException;
import io.jenkins.plugins.azurestack.powershell.psrp.Message;
import io.jenkins.plugins.azurestack.powershell.psrp.MessageType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What serialisation and fragments cost: a record of a pipeline, and an answer of many records in one list. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ClixmlBenchmark {
    /** How many records the document holds. */
    @Param({"1", "1000"})
    public int records;

    private final CliXmlReader reader = new CliXmlReader();
    private final CliXmlWriter writer = new CliXmlWriter();
    private PsValue value;
    private byte[] document;
    private Message message;
    private List<byte[]> fragments;

    /** Makes the records and every form of them. */
    @Setup
    public void prepare() throws CliXmlException {
        final List<PsObject> list = new ArrayList<>();
        for (int number = 0; number < records; number++) {
            list.add(step(number));
        }
        value = records == 1 ? list.get(0) : PsObject.list(TypeNames.OBJECT_ARRAY, list);
        document = writer.write(value);
        message = Message.toClient(MessageType.PIPELINE_OUTPUT, new UUID(1, 2), DotNetGuid.NONE, document);
        fragments = new Fragmenter(Fragmenter.SAFE_SIZE).split(message);
    }

    private static PsObject step(int number) {
        return PsObject.builder()
                .types(List.of(
                        "Deserialized.System.Management.Automation.PSCustomObject", "Deserialized.System.Object"))
                .text("@{Index=" + number + "; Status=Success}")
                .extended("Index", number)
                .extended("FullStepIndex", "1." + number)
                .extended("Description", "Checks the state of a service\r\nand writes it down <here> & there.")
                .extended("Status", PsObject.enumeration("CloudEngine.ActionStatus", "Success", 3))
                .extended("StartTimeUtc", PsPrimitive.of(Instant.ofEpochSecond(1_700_000_000L + number, 123_456_700)))
                .extended("Retried", false)
                .build();
    }

    /** Bytes to values. */
    @Benchmark
    public PsValue decode() throws CliXmlException {
        return reader.read(document);
    }

    /** Values to bytes. */
    @Benchmark
    public byte[] encode() throws CliXmlException {
        return writer.write(value);
    }

    /** A message to fragments of 32 KiB. */
    @Benchmark
    public List<byte[]> split() {
        return new Fragmenter(Fragmenter.SAFE_SIZE).split(message);
    }

    /** Fragments to a message. */
    @Benchmark
    public List<Message> join() throws MalformedMessageException {
        final Defragmenter defragmenter = new Defragmenter();
        final List<Message> messages = new ArrayList<>();
        for (final byte[] fragment : fragments) {
            messages.addAll(defragmenter.accept(fragment));
        }
        return messages;
    }
}
