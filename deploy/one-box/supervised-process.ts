import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { ROOT } from './config.ts';
import type { LogFile } from './log-file.ts';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** A process that ran this long was well: the next pause is short again. */
const WELL_AFTER_MS = 60_000;
/** It needs up to 5 s for its running jobs and 1 s for its live pages. */
const STOP_WITHIN_MS = 15_000;

const logLineSchema = v.object({
  level: v.string(),
  msg: v.string(),
  err: v.optional(v.object({ message: v.string() })),
});

export type SupervisedProcess = {
  /** Ends it and waits for it; it is not started again. */
  stop: () => Promise<void>;
  /** Ends it so that it is started again at once. */
  restart: () => void;
};

/**
 * Runs one of the product's processes and starts it again whenever it dies, after a pause that doubles up to 30 s.
 *
 * @param name shown to the person before each of its troubles
 * @param flags for Node itself
 * @param log gets every line it writes
 * @param say shows a sentence to the person
 * @param onWord hears of each line of log in which nothing is wrong
 * @param onExit hears of each end that nobody asked for, with the last trouble it named, and says what comes next
 */
export function superviseProcess(options: {
  name: string;
  script: string;
  args: string[];
  environment: NodeJS.ProcessEnv;
  flags: readonly string[];
  log: LogFile;
  say: (sentence: string) => void;
  onWord: () => void;
  onExit: (trouble: string | undefined) => 'restart' | 'leave';
}): SupervisedProcess {
  const { name, log, say } = options;
  let child: ChildProcess;
  let stopping = false;
  let wanted = false;
  let pauseMs = FIRST_PAUSE_MS;
  let pause: NodeJS.Timeout | undefined;

  const record = (line: string) => {
    try {
      log.write(line);
    } catch (error) {
      // A full disk is no reason to end what still works.
      say(`${log.path} cannot be written (${(error as NodeJS.ErrnoException).code}).`);
    }
  };
  const start = () => {
    const startedAt = Date.now();
    let trouble: string | undefined;
    wanted = false;
    // Forked with a channel: its end tells the process that we are gone, however that went. In a session of its own: what
    // the terminal says (Ctrl-C, hang-up) reaches us, and we tell the processes in our order.
    child = fork(options.script, options.args, {
      detached: true,
      cwd: ROOT,
      execArgv: [...options.flags],
      env: options.environment,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        record(line);
        const heard = troubleIn(line);
        if (heard === undefined) {
          if (line.startsWith('{')) options.onWord();
          return;
        }
        trouble = heard.sentence;
        // Last words are told together with the end that follows them.
        if (!heard.last) say(`${name}: ${heard.sentence}`);
      });
    }
    child.once('close', (code, signal) => {
      if (stopping) return;
      const lived = Date.now() - startedAt;
      if (wanted) return start();
      record(JSON.stringify({ level: 'error', process: name, event: 'process.died', code, signal, lived }));
      if (options.onExit(trouble) === 'leave') return;
      if (lived > WELL_AFTER_MS) pauseMs = FIRST_PAUSE_MS;
      say(
        `The ${name} ended (${trouble ?? signal ?? `exit code ${code}`}). It starts again in ${pauseMs / 1000} s; its log is ${log.path}.`,
      );
      pause = setTimeout(start, pauseMs);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    });
  };
  start();

  return {
    async stop() {
      stopping = true;
      clearTimeout(pause);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const late = setTimeout(() => {
        say(`${name} did not stop within ${STOP_WITHIN_MS / 1000} s and was ended.`);
        child.kill('SIGKILL');
      }, STOP_WITHIN_MS);
      await ended;
      clearTimeout(late);
    },
    restart() {
      if (stopping) return;
      clearTimeout(pause);
      wanted = true;
      if (!child.kill('SIGTERM')) start(); // it was dead, and waited for its next turn
    },
  };
}

/** What a line of log says to a person: errors do, in one line; the rest stays in the file. */
function troubleIn(line: string): { sentence: string; last: boolean } | undefined {
  // Node's own last words, before the process could say anything better.
  if (/^\w*Error\b.*: /.test(line)) return { sentence: line, last: true };
  if (!line.startsWith('{')) return undefined;
  try {
    const { level, msg, err } = v.parse(logLineSchema, JSON.parse(line));
    if (level !== 'error' && level !== 'fatal') return undefined;
    const sentence = err === undefined || err.message === msg ? msg : `${msg}: ${err.message}`;
    return { sentence, last: level === 'fatal' };
  } catch {
    return undefined; // a line that only looks like one of the log's has nothing for us
  }
}
