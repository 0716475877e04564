/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import io.github.unfriend.InvalidRequestException;
import io.github.unfriend.cli.input.BadInputException;
import io.github.unfriend.cli.output.OutputException;
import io.github.unfriend.cli.progress.Terminal;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.logging.LogManager;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Where the {@code unfriend} command begins. */
public final class Main {

    /** Of an argument that is repeated in a message: no key or UserSig is as short. */
    private static final int LONGEST_SHOWN = 24;

    private static final String HIDDEN = "(not repeated: it may be a secret)";

    private Main() {}

    /**
     * Runs the command and ends the JVM with its exit code.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        quietLogs();
        PrintStream err = System.err;
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> giveUp(new EscapingStream(err), error));
        Interruption interruption = new Interruption(Runtime.getRuntime()::halt);
        Signals.listen(interruption);
        Env env = new Env(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                err,
                System::getenv,
                Terminal.system(),
                interruption);
        System.exit(run(env, args));
    }

    /** Libraries log through java.util.logging here, on stderr, amid the progress; what matters reaches the user anyway. */
    private static void quietLogs() {
        if (System.getProperty("java.util.logging.config.file") == null) {
            LogManager.getLogManager().reset();
        }
    }

    /** An error that no other code handles, such as running out of memory: the run would wait for ever. */
    private static void giveUp(PrintStream err, Throwable error) {
        err.println();
        err.println(
                error instanceof OutOfMemoryError
                        ? "Out of memory. Give the JVM more, for example: java -Xmx256m -jar unfriend.jar ..."
                        : "A fault of this program: " + error);
        err.println("With --output FILE, the same command with --resume goes on from here.");
        Runtime.getRuntime().halt(ExitCodes.SOFTWARE);
    }

    /**
     * Runs the command.
     *
     * @param surroundings where it runs
     * @param args the command line
     * @return the exit code
     */
    static int run(Env surroundings, String... args) {
        Env env = surroundings.escaping();
        CommandLine command = new CommandLine(new UnfriendCommand())
                .addSubcommand("delete", new DeleteCommand(env))
                .addSubcommand("delete-all", new DeleteAllCommand(env))
                .addSubcommand("sandbox", new SandboxCommand(env))
                .addSubcommand("redis", RedisCommand.with(env))
                .addSubcommand("usersig", new UserSigCommand(env))
                .addSubcommand("demo", new DemoCommand(env));
        PrintWriter out = new PrintWriter(new BufferedOutputStream(env.out()), true, StandardCharsets.UTF_8);
        command.setOut(out)
                .setErr(new PrintWriter(env.err(), true, StandardCharsets.UTF_8))
                .setExpandAtFiles(false)
                .setAllowOptionsAsOptionParameters(false)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setParameterExceptionHandler((error, given) -> wrongUsage(env, error, given))
                .setExecutionExceptionHandler((error, failed, parsed) -> failed(env, error));
        if (isDamaged(args)) {
            env.err()
                    .println("An argument has characters that this locale does not have" + locale(env)
                            + ". Set LC_ALL=C.UTF-8. Nothing was sent.");
            return ExitCodes.USAGE;
        }
        int code = command.execute(args);
        if (out.checkError() && code == ExitCodes.OK) {
            env.err().println("The output cannot be written.");
            return ExitCodes.OUTPUT;
        }
        return code;
    }

    /** The first of the variables that choose the locale, in the order of POSIX. */
    private static String locale(Env env) {
        return Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .map(name ->
                        name + "=" + Objects.requireNonNullElse(env.variables().apply(name), ""))
                .filter(variable -> !variable.endsWith("="))
                .findFirst()
                .map(variable -> " (" + variable + ")")
                .orElse("");
    }

    /** Unlike picocli's own handler, never repeats what may be a secret. */
    private static int wrongUsage(Env env, CommandLine.ParameterException error, String[] args) {
        PrintStream err = env.err();
        String message = String.valueOf(error.getMessage());
        if (error instanceof CommandLine.UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().get(0);
            message = first.startsWith("-")
                    ? "There is no option " + shown(first.split("=", 2)[0]) + " here."
                    : "Nothing is known about '" + shown(first) + "' here.";
        }
        for (String arg : args) { // also the part behind = of an option that does not take such a value
            for (String part : arg.split("=", 2)) {
                message = part.length() > LONGEST_SHOWN && !part.startsWith("--")
                        ? message.replace(part, HIDDEN)
                        : message;
            }
        }
        err.println(message);
        err.println("See: " + error.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return ExitCodes.USAGE;
    }

    private static String shown(String argument) {
        return argument.length() <= LONGEST_SHOWN ? argument : argument.startsWith("--") ? "like that" : HIDDEN;
    }

    /** Where the locale cannot express an argument, Java puts this in its place: another account would be called. */
    private static boolean isDamaged(String... args) {
        return Stream.of(args).anyMatch(arg -> arg.indexOf('\uFFFD') >= 0);
    }

    private static int failed(Env env, Exception error) {
        if (error instanceof BadInputException || error instanceof InvalidRequestException) {
            env.err().println(error.getMessage());
            return ExitCodes.USAGE;
        }
        if (error instanceof IOException || error instanceof OutputException) {
            env.err()
                    .println(
                            error instanceof OutputException
                                    ? error.getMessage()
                                    : "The output cannot be written: " + error.getMessage());
            return ExitCodes.OUTPUT;
        }
        env.err().println("A fault of this program: " + error);
        return ExitCodes.SOFTWARE;
    }
}
