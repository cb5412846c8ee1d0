package io.jenkins.plugins.azurestack.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.Test;

public class TextTableTest {
    @Test
    public void alignsColumnsAndContinuesLongCellsBelow() {
        final TextTable table = new TextTable("A", "B");
        table.row("one", "four words of text");
        table.row("three", "");
        assertThat(table.lines(17)).containsExactly("A      B", "one    four words", "       of text", "three");
    }

    @Test
    public void breaksAWordThatIsLongerThanALine() {
        assertThat(TextTable.wrap("ab cdefghijk l", 4)).containsExactly("ab", "cdef", "ghij", "k l");
    }

    @Test
    public void neverCutsACharacterInTwo() {
        assertThat(TextTable.wrap("\ud83d\ude00\ud83d\ude00\ud83d\ude00", 2))
                .containsExactly("\ud83d\ude00\ud83d\ude00", "\ud83d\ude00");
    }

    @Test
    public void refusesARowOfAnotherSize() {
        assertThatThrownBy(() -> new TextTable("A", "B").row("only one")).isInstanceOf(IllegalArgumentException.class);
    }
}
