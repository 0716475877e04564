/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import io.github.unfriend.InvalidRequestException;
import io.github.unfriend.cli.input.BadInputException;
import io.github.unfriend.cli.progress.Terminal;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;
import picocli.CommandLine;

/** Where the {@code unfriend} command begins. */
public final class Main {

    private Main() {}

    /**
     * Runs the command and ends the JVM with its exit code.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        quietLogs();
        PrintStream err = System.err;
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> giveUp(err, error));
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
     * @param env its surroundings
     * @param args the command line
     * @return the exit code
     */
    static int run(Env env, String... args) {
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
                .setParameterExceptionHandler(Main::wrongUsage)
                .setExecutionExceptionHandler((error, failed, parsed) -> failed(env, error));
        int code = command.execute(args);
        out.flush();
        return code;
    }

    /** Unlike picocli's own handler, never repeats what follows an unknown option: that may be a secret. */
    private static int wrongUsage(CommandLine.ParameterException error, String[] args) {
        PrintWriter err = error.getCommandLine().getErr();
        String message = error.getMessage();
        if (error instanceof CommandLine.UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().get(0);
            message = first.startsWith("-")
                    ? "There is no option " + first.split("=", 2)[0] + " here."
                    : "Nothing is known about '" + first + "' here.";
        }
        err.println(message);
        err.println("See: " + error.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return ExitCodes.USAGE;
    }

    private static int failed(Env env, Exception error) {
        if (error instanceof BadInputException || error instanceof InvalidRequestException) {
            env.err().println(error.getMessage());
            return ExitCodes.USAGE;
        }
        env.err().println("A fault of this program: " + error);
        return ExitCodes.SOFTWARE;
    }
}
