package io.jenkins.plugins.azurestack.rehearsal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.AnnotationNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;

/**
 * Looks at a Jenkinsfile before it runs: the structure of Declarative Pipeline, the words used in it, and the arguments
 * of calls as far as they are literals. Finds every mistake, not only the first.
 */
final class StructureCheck {
    private static final String PIPELINE = "pipeline";
    private static final String SCRIPT = "script";
    private static final String PROPERTIES = "properties";
    /** What a stage holds exactly one of. */
    private static final List<String> STAGE_CONTENT = List.of("steps", "stages", "parallel");

    /** Steps that Declarative Pipeline keeps for itself. */
    private static final Set<String> NOT_IN_STEPS = Set.of("stage", PROPERTIES, PIPELINE);

    /** No steps, but every script may call them. */
    private static final Set<String> PRINTING = Set.of("print", "println");

    private final Map<String, Signature> steps;
    private final Map<String, String> refused;
    private final List<Mistake> mistakes = new ArrayList<>();
    private Set<String> ownWords = Set.of();

    /**
     * @param steps every step there is, by name
     * @param refused steps of Jenkins that a rehearsal does not run, by name, and why
     */
    StructureCheck(final Map<String, Signature> steps, final Map<String, String> refused) {
        this.steps = steps;
        this.refused = refused;
    }

    /** Every mistake in a parsed Jenkinsfile, in the order of the file. */
    List<Mistake> mistakes(final ModuleNode module) {
        ownWords = OwnWords.in(module);
        final List<Statement> statements = module.getStatementBlock().getStatements();
        final List<Call> pipelines = statements.stream()
                .map(Call::of)
                .flatMap(Optional::stream)
                .filter(call -> PIPELINE.equals(call.name()))
                .toList();
        if (pipelines.isEmpty()) {
            script(module.getStatementBlock(), false);
        } else {
            pipelines.stream().skip(1).forEach(call -> wrong(call.at(), "there can be only one pipeline { ... }"));
            blockOf(pipelines.get(0)).ifPresent(block -> pipeline(block, pipelines.get(0)));
            statements.stream()
                    .filter(statement ->
                            Call.of(statement).filter(pipelines::contains).isEmpty())
                    .forEach(this::beside);
        }
        annotations(module);
        module.getMethods().forEach(method -> {
            final boolean nonCps = method.getAnnotations().stream().anyMatch(KeptValues::isNonCps);
            if (nonCps) {
                stepsIn(method);
            } else {
                script(method.getCode(), false);
            }
        });
        return mistakes.stream()
                .sorted(Comparator.comparingInt(Mistake::line).thenComparingInt(Mistake::column))
                .distinct()
                .toList();
    }

    /** Shared libraries and grapes are code that a rehearsal does not have. */
    private void annotations(final ModuleNode module) {
        module.getImports().forEach(imported -> imported.getAnnotations().forEach(this::annotation));
        module.getStarImports().forEach(imported -> imported.getAnnotations().forEach(this::annotation));
        module.getMethods().stream()
                .flatMap(method -> method.getAnnotations().stream())
                .filter(annotation -> !KeptValues.isNonCps(annotation))
                .forEach(this::annotation);
        module.getStatementBlock().visit(new CodeVisitorSupport() {
            @Override
            public void visitDeclarationExpression(final DeclarationExpression declaration) {
                declaration.getAnnotations().forEach(StructureCheck.this::annotation);
                super.visitDeclarationExpression(declaration);
            }
        });
    }

    private void annotation(final AnnotationNode annotation) {
        final String name = annotation.getClassNode().getName();
        if (!"Field".equals(name) && !"groovy.transform.Field".equals(name)) {
            wrong(annotation, "@" + name + " is not rehearsed; only @NonCPS and @Field are known here");
        }
    }

    private void stepsIn(final MethodNode nonCps) {
        nonCps.getCode().visit(new CodeVisitorSupport() {
            @Override
            public void visitMethodCallExpression(final MethodCallExpression call) {
                Call.of(call)
                        .filter(found -> steps.containsKey(found.name()))
                        .ifPresent(found -> wrong(
                                call,
                                "step '" + found.name() + "' cannot be called in the @NonCPS method "
                                        + nonCps.getName()));
                super.visitMethodCallExpression(call);
            }
        });
    }

    private void beside(final Statement statement) {
        final boolean declaration = statement instanceof ExpressionStatement alone
                && alone.getExpression() instanceof DeclarationExpression;
        final boolean properties = Call.of(statement)
                .filter(call -> PROPERTIES.equals(call.name()))
                .isPresent();
        if (declaration || properties) {
            script(statement, false);
        } else {
            wrong(
                    statement,
                    "only declarations (def ...) and properties([...]) may stand beside pipeline { ... } in a rehearsal");
        }
    }

    private void pipeline(final ClosureExpression block, final Call pipeline) {
        final Set<String> seen = sections(block, Words.PIPELINE_SECTIONS, "section", this::pipelineSection);
        for (final String required : List.of("agent", "stages")) {
            if (!seen.contains(required)) {
                wrong(pipeline.at(), "missing required section '" + required + "'");
            }
        }
    }

    private void pipelineSection(final Call section) {
        switch (section.name()) {
            case "agent" -> agent(section);
            case "environment" -> filled(section).ifPresent(this::environment);
            case "options" -> filled(section).ifPresent(block -> words(block, Words.OPTIONS, "option", true));
            case "parameters" -> filled(section).ifPresent(this::parameters);
            case "triggers" ->
                filled(section).ifPresent(block -> {
                    words(block, Words.TRIGGERS, "trigger", true);
                    schedules(block);
                });
            case "post" -> filled(section).ifPresent(this::post);
            case "stages" -> blockOf(section).ifPresent(block -> stages(block, section));
            default -> throw new IllegalStateException(section.name());
        }
    }

    private Set<String> sections(
            final ClosureExpression block,
            final List<String> known,
            final String kind,
            final java.util.function.Consumer<Call> each) {
        final Set<String> seen = new HashSet<>();
        for (final Statement statement : Call.statements(block)) {
            final Optional<Call> call = Call.of(statement);
            if (call.isEmpty()) {
                wrong(
                        statement,
                        "expected " + article(kind) + hint(statement) + "; accepted are " + String.join(", ", known));
            } else if (!known.contains(call.get().name())) {
                unknown(call.get(), kind, known);
            } else {
                if (!seen.add(call.get().name())) {
                    wrong(call.get().at(), kind + " '" + call.get().name() + "' is there twice");
                }
                each.accept(call.get());
            }
        }
        return seen;
    }

    private void agent(final Call agent) {
        if (agent.block().isPresent()) {
            final ClosureExpression block = agent.block().get();
            if (Call.statements(block).size() != 1) {
                wrong(agent.at(), "an agent { ... } holds exactly one of label and node");
            }
            sections(block, List.of("label", "node"), "agent", this::node);
            return;
        }
        final boolean bare = agent.positional().size() == 1
                && agent.positional().get(0) instanceof VariableExpression word
                && List.of("any", "none").contains(word.getName());
        if (!bare) {
            wrong(agent.at(), "only 'agent any', 'agent none' and agent { label '...' } are rehearsed");
        }
    }

    private void node(final Call agent) {
        final boolean labelled = agent.block().isEmpty()
                || Call.statements(agent.block().get()).stream()
                        .map(Call::of)
                        .flatMap(Optional::stream)
                        .anyMatch(call -> "label".equals(call.name()));
        if ("node".equals(agent.name()) && !labelled) {
            wrong(agent.at(), "agent { node { ... } } needs a label");
        }
    }

    private void environment(final ClosureExpression block) {
        final Set<String> names = new HashSet<>();
        for (final Statement statement : Call.statements(block)) {
            final boolean pair = statement instanceof ExpressionStatement alone
                    && alone.getExpression() instanceof BinaryExpression assignment
                    && "=".equals(assignment.getOperation().getText())
                    && assignment.getLeftExpression() instanceof VariableExpression;
            if (!pair) {
                wrong(statement, "expected NAME = 'value' in environment");
                continue;
            }
            final BinaryExpression assignment = (BinaryExpression) ((ExpressionStatement) statement).getExpression();
            final String name = assignment.getLeftExpression().getText();
            if (!names.add(name)) {
                wrong(statement, "environment variable '" + name + "' is there twice");
            }
            if (assignment instanceof DeclarationExpression) {
                wrong(statement, "write " + name + " = ... without def or a type; a rehearsal reads nothing else");
            }
            environmentValue(assignment.getRightExpression());
        }
    }

    /** Jenkins takes literals, what they are joined to by +, and calls. */
    private void environmentValue(final Expression value) {
        if (value instanceof MethodCallExpression call && "credentials".equals(call.getMethodAsString())) {
            wrong(call, "credentials(...) is not rehearsed; give the id to the step that needs it");
        } else if (value instanceof MethodCallExpression || value instanceof GStringExpression) {
            value.visit(new ScriptWords(this, false));
        } else if (value instanceof BinaryExpression sum) {
            if (!isSumOfLiterals(sum)) {
                wrong(sum, "only texts in quotes can be joined in environment, and only by +");
            }
        } else if (!(value instanceof ConstantExpression)) {
            wrong(value, "an environment value is a text in quotes or a function call");
        }
    }

    private static boolean isSumOfLiterals(final Expression value) {
        if (value instanceof BinaryExpression sum) {
            return "+".equals(sum.getOperation().getText())
                    && isSumOfLiterals(sum.getLeftExpression())
                    && isSumOfLiterals(sum.getRightExpression());
        }
        return value instanceof ConstantExpression || value instanceof GStringExpression;
    }

    private void parameters(final ClosureExpression block) {
        words(block, Words.BUILD_PARAMETERS, "build parameter", false);
    }

    private void input(final ClosureExpression block, final Call input) {
        final Set<String> seen = words(block, Words.INPUT_FIELDS, "field of input", true);
        if (!seen.contains("message")) {
            wrong(input.at(), "input needs a message");
        }
        Call.statements(block).stream()
                .map(Call::of)
                .flatMap(Optional::stream)
                .filter(field -> "parameters".equals(field.name()))
                .flatMap(field -> field.block().stream())
                .forEach(this::parameters);
    }

    /** @return the words that are there */
    private Set<String> words(
            final ClosureExpression block, final List<Signature> known, final String kind, final boolean once) {
        final Set<String> seen = new HashSet<>();
        for (final Statement statement : Call.statements(block)) {
            final Optional<Call> call = Call.of(statement);
            if (call.isEmpty()) {
                wrong(
                        statement,
                        "expected " + article(kind) + "; accepted are " + String.join(", ", Words.names(known)));
                continue;
            }
            signature(call.get(), known, kind).ifPresent(found -> arguments(found, call.get()));
            if (!seen.add(call.get().name()) && once) {
                wrong(call.get().at(), kind + " '" + call.get().name() + "' is there twice");
            }
        }
        return seen;
    }

    private Optional<Signature> signature(final Call call, final List<Signature> known, final String kind) {
        final Optional<Signature> found = known.stream()
                .filter(signature -> signature.name().equals(call.name()))
                .findFirst();
        if (found.isEmpty()) {
            unknown(call, kind, Words.names(known));
        }
        return found;
    }

    private void schedules(final ClosureExpression triggers) {
        Call.statements(triggers).stream()
                .map(Call::of)
                .flatMap(Optional::stream)
                .forEach(this::schedule);
    }

    private void schedule(final Call trigger) {
        if (List.of("cron", "pollSCM").contains(trigger.name())) {
            trigger.literal()
                    .flatMap(CronSpec::complaint)
                    .ifPresent(complaint -> wrong(trigger.at(), trigger.name() + ": " + complaint));
        }
    }

    private void stages(final ClosureExpression block, final Call stages) {
        if (Call.statements(block).isEmpty()) {
            wrong(stages.at(), "stages is empty; give at least one stage('...') { ... }");
        }
        final Set<String> names = new HashSet<>();
        for (final Statement statement : Call.statements(block)) {
            final Optional<Call> call = Call.of(statement);
            if (call.isEmpty() || !"stage".equals(call.get().name())) {
                wrong(statement, "expected a stage: stages holds only stage('...') { ... }");
                continue;
            }
            final Optional<String> name = call.get().literal();
            if (name.isEmpty()) {
                wrong(call.get().at(), "a stage needs a name: stage('...') { ... }");
            } else if (!names.add(name.get())) {
                wrong(call.get().at(), "stage '" + name.get() + "' is there twice");
            }
            blockOf(call.get()).ifPresent(inner -> stage(inner, call.get()));
        }
    }

    private void stage(final ClosureExpression block, final Call stage) {
        final Set<String> seen = sections(block, Words.STAGE_SECTIONS, "stage section", section -> {
            switch (section.name()) {
                case "agent" -> agent(section);
                case "environment" -> filled(section).ifPresent(this::environment);
                case "input" -> blockOf(section).ifPresent(inner -> input(inner, section));
                case "options" ->
                    filled(section).ifPresent(inner -> words(inner, Words.STAGE_OPTIONS, "stage option", true));
                case "post" -> filled(section).ifPresent(this::post);
                case "failFast" -> arguments(Signature.of("failFast").needs("value", boolean.class), section);
                case "parallel", "stages" -> blockOf(section).ifPresent(inner -> stages(inner, section));
                case "steps" -> blockOf(section).ifPresent(inner -> steps(inner, section));
                case "when" -> blockOf(section).ifPresent(inner -> when(inner, section));
                default -> throw new IllegalStateException(section.name());
            }
        });
        final List<String> holds = STAGE_CONTENT.stream().filter(seen::contains).toList();
        if (holds.size() != 1) {
            wrong(
                    stage.at(),
                    "a stage has either steps or stages or parallel; this one has "
                            + (holds.isEmpty() ? "none of them" : String.join(" and ", holds)));
        }
        if (seen.contains("failFast") && !seen.contains("parallel")) {
            wrong(stage.at(), "failFast is for a stage with parallel");
        }
    }

    private void when(final ClosureExpression block, final Call when) {
        if (Call.statements(block).isEmpty()) {
            wrong(when.at(), "when is empty; accepted are " + String.join(", ", Words.names(Words.WHEN_CONDITIONS)));
        }
        if ("not".equals(when.name()) && Call.statements(block).size() > 1) {
            wrong(when.at(), "not { ... } holds exactly one condition; put several into allOf or anyOf");
        }
        for (final Statement statement : Call.statements(block)) {
            final Optional<Call> call = Call.of(statement);
            if (call.isEmpty()) {
                wrong(
                        statement,
                        "expected a when condition; accepted are "
                                + String.join(", ", Words.names(Words.WHEN_CONDITIONS)));
                continue;
            }
            final Optional<Signature> known = signature(call.get(), Words.WHEN_CONDITIONS, "when condition");
            known.ifPresent(signature -> arguments(signature, call.get()));
            if (known.isPresent() && call.get().block().isPresent()) {
                if ("expression".equals(call.get().name())) {
                    script(call.get().block().get().getCode(), true);
                } else {
                    when(call.get().block().get(), call.get());
                }
            }
        }
    }

    private void post(final ClosureExpression block) {
        sections(block, Words.POST_CONDITIONS, "post condition", condition -> blockOf(condition)
                .ifPresent(inner -> steps(inner, condition)));
    }

    private void steps(final ClosureExpression block, final Call section) {
        if (Call.statements(block).isEmpty()) {
            wrong(section.at(), "'" + section.name() + "' holds no step");
        }
        steps(block);
    }

    private void steps(final ClosureExpression block) {
        for (final Statement statement : Call.statements(block)) {
            final Optional<Call> call = Call.of(statement);
            if (call.isEmpty()) {
                wrong(statement, "expected a step; other Groovy code goes into script { ... }");
                continue;
            }
            step(call.get());
        }
    }

    private void step(final Call call) {
        if (NOT_IN_STEPS.contains(call.name())) {
            wrong(call.at(), "'" + call.name() + "' cannot be used as a step in Declarative Pipeline");
        } else if (SCRIPT.equals(call.name())) {
            blockOf(call).ifPresent(block -> script(block.getCode(), true));
        } else if (steps.containsKey(call.name())) {
            final Signature signature = steps.get(call.name());
            arguments(signature, call);
            expressions(call);
            if (signature.block()) {
                call.block().ifPresent(this::steps);
            }
        } else if (ownWords.contains(call.name())) {
            expressions(call);
        } else {
            noStep(call);
        }
    }

    private void noStep(final Call call) {
        if (refused.containsKey(call.name())) {
            wrong(call.at(), "'" + call.name() + "' is refused: " + refused.get(call.name()));
        } else {
            unknown(call, "step", stepNames());
        }
    }

    private void expressions(final Call call) {
        final ScriptWords words = new ScriptWords(this, true);
        call.named().values().forEach(value -> value.visit(words));
        call.positional().forEach(value -> value.visit(words));
    }

    private void script(final ASTNode code, final boolean declarative) {
        if (code != null) {
            code.visit(new ScriptWords(this, declarative));
        }
    }

    /** A call without a receiver in a script: a step, something the file itself defines, or a mistake. */
    void scriptCall(final Call call, final boolean declarative) {
        if (ownWords.contains(call.name()) || PRINTING.contains(call.name())) {
            return;
        }
        if (SCRIPT.equals(call.name()) && declarative) {
            return;
        }
        final Optional<Signature> nested = nested(call.name());
        if (steps.containsKey(call.name())) {
            arguments(steps.get(call.name()), call);
        } else if (nested.isPresent()) {
            arguments(nested.get(), call);
            schedule(call);
        } else {
            noStep(call);
        }
    }

    /** What is not a step but may be called inside one: settings of a job. */
    static Optional<Signature> nested(final String name) {
        return java.util.stream.Stream.of(Words.NESTED, Words.BUILD_PARAMETERS, Words.TRIGGERS, Words.OPTIONS)
                .flatMap(Collection::stream)
                .filter(signature -> signature.name().equals(name))
                .findFirst();
    }

    private List<String> stepNames() {
        return steps.keySet().stream().sorted().toList();
    }

    private void arguments(final Signature signature, final Call call) {
        if (signature.block() && call.block().isEmpty()) {
            wrong(call.at(), signature.name() + " needs a block { ... }");
        }
        if (!signature.block() && call.block().isPresent()) {
            wrong(call.at(), signature.name() + " takes no block");
        }
        if (!call.positional().isEmpty()) {
            if (call.positional().size() > 1
                    || !call.named().isEmpty()
                    || signature.sole().isEmpty()) {
                wrong(call.at(), signature.unnamed(call.positional().size()));
            } else {
                value(
                        signature,
                        signature.sole().get().name(),
                        call.positional().get(0));
            }
            return;
        }
        signature.missing(call.named().keySet()).forEach(complaint -> wrong(call.at(), complaint));
        call.named().forEach((name, value) -> {
            final Optional<String> unknown = signature.unknown(name);
            if (unknown.isPresent()) {
                wrong(value, unknown.get());
            } else {
                value(signature, name, value);
            }
        });
    }

    private void value(final Signature signature, final String parameter, final Expression value) {
        literal(value).ifPresent(literal -> {
            try {
                signature.coerce(parameter, literal);
            } catch (WrongArgumentsException e) {
                wrong(value, e.getMessage());
            }
        });
    }

    /** What an expression will be, as far as that can be told without running it. */
    private static Optional<Object> literal(final Expression expression) {
        if (expression instanceof ConstantExpression constant) {
            return Optional.ofNullable(constant.getValue());
        }
        if (expression instanceof GStringExpression text) {
            return Optional.of(text.getText());
        }
        if (expression instanceof ListExpression list) {
            final List<Object> elements = list.getExpressions().stream()
                    .map(StructureCheck::literal)
                    .flatMap(Optional::stream)
                    .collect(Collectors.toList());
            return Optional.of(elements);
        }
        return Optional.empty();
    }

    /** The block of a section that Jenkins does not accept empty. */
    private Optional<ClosureExpression> filled(final Call section) {
        final Optional<ClosureExpression> block = blockOf(section);
        if (block.isPresent() && Call.statements(block.get()).isEmpty()) {
            wrong(section.at(), "'" + section.name() + "' is empty; leave it out or put something in");
        }
        return block;
    }

    private Optional<ClosureExpression> blockOf(final Call call) {
        if (call.block().isEmpty()) {
            wrong(call.at(), "'" + call.name() + "' needs a block { ... }");
        }
        return call.block();
    }

    private void unknown(final Call call, final String kind, final Collection<String> known) {
        wrong(
                call.at(),
                "unknown " + kind + " '" + call.name() + "'" + Words.didYouMean(call.name(), known) + "; accepted are "
                        + String.join(", ", known));
    }

    /** Groovy reads {@code a { } b { }} in one line as one call on the result of another. */
    private static String hint(final Statement statement) {
        final boolean chained = statement instanceof ExpressionStatement alone
                && alone.getExpression() instanceof MethodCallExpression call
                && call.getObjectExpression() instanceof MethodCallExpression;
        return chained ? " (two in one line need a ';' between them)" : "";
    }

    private static String article(final String noun) {
        return ("aeiou".indexOf(noun.charAt(0)) < 0 ? "a " : "an ") + noun;
    }

    void wrong(final ASTNode at, final String message) {
        mistakes.add(new Mistake(Math.max(0, at.getLineNumber()), Math.max(0, at.getColumnNumber()), message));
    }
}
